/** The `config.json` that timm puts beside its weights, or the arguments with which a model was created. */
import { z } from 'zod';
import type { Preprocessing } from '../preprocessing.ts';

const imageSizeSchema = z.union([
  z
    .int()
    .positive()
    .transform((side): [number, number] => [side, side]),
  z.tuple([z.int().positive(), z.int().positive()]),
]);

const argumentsSchema = z.object({
  img_size: imageSizeSchema.nullish(),
  num_heads: z.int().positive().nullish(),
  global_pool: z.string().nullish(),
});

const filterSchema = z
  .string()
  .transform((name): 'bilinear' | 'bicubic' => (name === 'bilinear' ? 'bilinear' : 'bicubic'));

const timmConfigSchema = argumentsSchema.extend({
  architecture: z.string().nullish(),
  model_args: argumentsSchema.nullish(),
  pretrained_cfg: z
    .object({
      input_size: z.tuple([z.int(), z.int(), z.int()]).nullish(),
      mean: z.array(z.number()).nullish(),
      std: z.array(z.number()).nullish(),
      crop_pct: z.number().positive().max(1).nullish(),
      interpolation: filterSchema.nullish(),
    })
    .nullish(),
});

export interface TimmConfig {
  readonly architecture?: string;
  readonly imageSize?: readonly [height: number, width: number];
  readonly heads?: number;
  readonly globalPool?: string;
  readonly preprocessing: Partial<Preprocessing>;
}

/** What is of use in it; nothing where it is of another form. */
export function timmConfig(config: unknown): TimmConfig {
  const parsed = timmConfigSchema.safeParse(config);
  if (!parsed.success) return { preprocessing: {} };
  const { architecture, pretrained_cfg: pretrained, model_args: modelArguments, ...direct } = parsed.data;
  const given = { ...present(modelArguments ?? {}), ...present(direct) };
  const [, height, width] = pretrained?.input_size ?? [];
  const imageSize = given.img_size ?? (height && width ? ([height, width] as const) : undefined);
  const { mean, std, crop_pct: crop, interpolation } = pretrained ?? {};
  return {
    ...present({ architecture, imageSize }),
    ...present({ heads: given.num_heads, globalPool: given.global_pool }),
    preprocessing: present({ mean, std, crop, interpolation }),
  };
}

type Present<Value> = { [Key in keyof Value]?: NonNullable<Value[Key]> };

/** Without what is undefined or null. */
function present<Value extends object>(value: Value): Present<Value> {
  return Object.fromEntries(
    Object.entries(value).filter(([, each]) => each !== undefined && each !== null),
  ) as Present<Value>;
}
