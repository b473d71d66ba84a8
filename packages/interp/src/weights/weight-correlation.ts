/** Units of a layer that are built alike: the correlation of their weights from the layer before. */
import { partOf, type EffectiveWeights } from './effective-weights.ts';

export interface UnitAlike {
  readonly channel: number;
  /** Pearson's, over all inputs and positions, −1 to 1. */
  readonly correlation: number;
}

/**
 * For each unit of the target the units of its branch whose input weights correlate most with its own, either way,
 * strongest first: kernels of two branches cover different positions.
 */
export function relatedByWeights(weights: EffectiveWeights, most: number): UnitAlike[][] {
  const rows = Array.from({ length: weights.outputs }, (_, output) => standardized(weights, output));
  return rows.map((row, output) => {
    const { part } = partOf(weights, output);
    const related: UnitAlike[] = [];
    for (let channel = part.start; channel < part.start + part.count; channel++)
      if (channel !== output) related.push({ channel, correlation: dot(row, rows[channel]!) });
    return related
      .sort((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation) || a.channel - b.channel)
      .slice(0, most);
  });
}

/** With mean 0 and norm 1, or all zero where the weights do not vary. */
function standardized(weights: EffectiveWeights, output: number): Float32Array {
  const { part, index } = partOf(weights, output);
  const size = part.values.length / part.count;
  const row = part.values.slice(index * size, (index + 1) * size);
  const mean = row.reduce((sum, weight) => sum + weight, 0) / size;
  const centered = row.map((weight) => weight - mean);
  const norm = Math.sqrt(dot(centered, centered));
  return norm === 0 ? centered : centered.map((weight) => weight / norm);
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += a[index]! * b[index]!;
  return sum;
}
