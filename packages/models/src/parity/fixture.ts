/** Files that record what a reference implementation computes on synthetic weights. */
import { z } from 'zod';
import { ModelError } from '../errors.ts';
import { shapeSchema, summarySchema } from './summary.ts';

const namedTensorSchema = z.object({ name: z.string(), shape: shapeSchema });

export const fixtureSchema = z
  .looseObject({
    architecture: z.string().describe('As the reference calls it'),
    reference: z.string().describe('The implementation that computed the file'),
    config: z.record(z.string(), z.json()).optional().describe('The arguments of its constructor'),
    tensors: z.record(z.string(), shapeSchema).describe("Of the checkpoint, in PyTorch's layout"),
    input: namedTensorSchema.optional().describe('After preprocessing: [batch, channels, height, width]'),
    input_ids: z
      .union([z.array(z.array(z.int())), z.array(z.int()).transform((text) => [text])])
      .optional()
      .describe('Tokens of each text, or of the only one'),
    timestep: z.union([z.number(), z.array(z.number())]).optional(),
    activations: z.record(z.string(), summarySchema).default({}).describe('By module of the reference'),
    output: z.record(z.string(), summarySchema).default({}),
    gradient: z
      .object({
        objective: z.object({
          layer: z.string(),
          channel_axis: z.int(),
          channel: z.int().nonnegative(),
          reduce: z.literal('mean'),
        }),
        value: z.number(),
        input_gradient: summarySchema,
      })
      .optional(),
  })
  .describe('Further entries with a name and a shape are inputs beside the main one');

export type Fixture = z.infer<typeof fixtureSchema>;

export class MalformedFixtureError extends ModelError {
  constructor(fault: string) {
    super('MALFORMED_FIXTURE', `This is no reference fixture: ${fault}`);
  }
}

/** @throws MalformedFixtureError */
export function parseFixture(json: unknown): Fixture {
  const parsed = fixtureSchema.safeParse(json);
  if (!parsed.success) throw new MalformedFixtureError(z.prettifyError(parsed.error));
  return parsed.data;
}

/** Inputs beside the main one whose values are functions of their names, by their role in the fixture. */
export function syntheticInputs(
  fixture: Fixture,
): [role: string, tensor: { name: string; shape: number[] }][] {
  return Object.entries(fixture).flatMap(([role, value]) => {
    const tensor = namedTensorSchema.safeParse(value);
    return role !== 'input' && tensor.success ? [[role, tensor.data]] : [];
  });
}
