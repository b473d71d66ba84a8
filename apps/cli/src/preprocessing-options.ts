/** `--size`, `--mean` and the like: what of a preprocessing differs from what the weights say themselves. */
import { preprocessingSchema, type Preprocessing } from '@fovea/models';
import { z } from 'zod';
import { badInput } from './exit-codes.ts';

export interface PreprocessingOptions {
  readonly size?: string;
  readonly mean?: string;
  readonly std?: string;
  readonly range?: string;
  readonly channelOrder?: string;
  readonly crop?: string;
  readonly interpolation?: string;
}

/** @throws CliError */
export function preprocessingOf(options: PreprocessingOptions): Partial<Preprocessing> {
  const { size, mean, std, range, channelOrder, crop, interpolation } = options;
  const given = {
    ...(size !== undefined && sizeOf(size)),
    ...(range !== undefined && rangeOf(range)),
    ...(mean !== undefined && { mean: numbers('--mean', mean) }),
    ...(std !== undefined && { std: numbers('--std', std) }),
    ...(channelOrder !== undefined && { channelOrder }),
    ...(crop !== undefined && { crop: Number(crop) }),
    ...(interpolation !== undefined && { interpolation }),
  };
  const parsed = preprocessingSchema.partial().safeParse(given);
  if (!parsed.success) throw badInput(z.prettifyError(parsed.error));
  return parsed.data;
}

/** `224` or `192x256`, height first. */
export function sizeOf(text: string): { height: number; width: number } {
  const [height, width = height] = text.split(/[x×]/).map(Number);
  return { height: height!, width: width! };
}

/** `-1,1`: black and white become these. */
function rangeOf(text: string): Pick<Preprocessing, 'scale' | 'mean' | 'std'> {
  const [low, high, ...others] = numbers('--range', text);
  if (low === undefined || high === undefined || others.length > 0) {
    throw badInput(`--range takes two numbers, such as -1,1; it was ${text}`);
  }
  return { scale: high - low, mean: [0 - low], std: [1] };
}

function numbers(option: string, text: string): number[] {
  const values = text.split(',').map(Number);
  if (values.some((value) => !Number.isFinite(value))) {
    throw badInput(`${option} takes numbers with commas between them; it was ${text}`);
  }
  return values;
}
