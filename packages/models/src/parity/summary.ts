/** What fixtures record of a tensor, and how far a value of ours is from it. */
import { z } from 'zod';

export const shapeSchema = z.array(z.int().nonnegative());

export const summarySchema = z.object({
  shape: shapeSchema,
  mean: z.number(),
  std: z.number().nonnegative().describe('Of all elements, not of a sample of them'),
  absmax: z.number().nonnegative(),
  samples: z.array(z.tuple([z.int().nonnegative(), z.number()])).describe('Row-major index and value'),
});

export type Summary = z.infer<typeof summarySchema>;

/** The largest difference of `values` from any recorded figure, as a share of the recorded largest magnitude. */
export function deviation(values: ArrayLike<number>, reference: Summary): number {
  const { mean, std, absmax } = statistics(values);
  const differences = [
    mean - reference.mean,
    std - reference.std,
    absmax - reference.absmax,
    ...reference.samples.map(([index, expected]) => values[index]! - expected),
  ];
  return shareOf(largest(differences), reference.absmax);
}

/** Of a reference that is zero throughout, nothing but zero is a share. */
export function shareOf(difference: number, absmax: number): number {
  return difference === 0 ? 0 : difference / absmax;
}

function largest(differences: readonly number[]): number {
  return differences.reduce((largest, difference) => Math.max(largest, Math.abs(difference)), 0);
}

function statistics(values: ArrayLike<number>): { mean: number; std: number; absmax: number } {
  let sum = 0;
  let absmax = 0;
  for (let index = 0; index < values.length; index++) {
    sum += values[index]!;
    absmax = Math.max(absmax, Math.abs(values[index]!));
  }
  const mean = sum / values.length;
  let squares = 0;
  for (let index = 0; index < values.length; index++) squares += (values[index]! - mean) ** 2;
  return { mean, std: Math.sqrt(squares / values.length), absmax };
}
