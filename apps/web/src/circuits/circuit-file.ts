/** Circuits as files, to be kept beside an article or carried to another installation. */
import type { CircuitGraph } from '@fovea/client';
import { weightKernel } from '@fovea/experiments/schema';
import { z } from 'zod';

const place = z.strictObject({ layer: z.string().min(1), channel: z.int().min(0) });

const fileSchema = z.strictObject({
  format: z.literal('fovea-circuit'),
  version: z.literal(1),
  model: z.string().min(1),
  title: z.string().max(200),
  text: z.string(),
  graph: z.strictObject({
    units: z.array(place.extend({ chosen: z.boolean() })),
    edges: z.array(
      z.strictObject({ from: place, to: place, l2: z.number(), sum: z.number(), kernel: weightKernel }),
    ),
    positions: z.record(z.string(), z.strictObject({ x: z.number(), y: z.number() })),
    threshold: z.number().min(0).max(1),
  }),
});

export interface CircuitFile {
  readonly model: string;
  readonly title: string;
  readonly text: string;
  readonly graph: CircuitGraph;
}

export const circuitJson = ({ model, title, text, graph }: CircuitFile): string =>
  `${JSON.stringify({ format: 'fovea-circuit', version: 1, model, title, text, graph }, null, 1)}\n`;

/** Throws an error that says what is wrong with the file. */
export function readCircuitJson(content: string): CircuitFile {
  const parsed = fileSchema.safeParse(parseJson(content));
  if (parsed.success) return parsed.data;
  throw new Error(`This is not the file of a circuit: ${z.prettifyError(parsed.error).split('\n')[0]}`, {
    cause: parsed.error,
  });
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
