/** All weights of one unit, to its inputs or to its outputs, as [channels, positions]. */
import { kernelBetween, partOf, type EffectiveWeights } from './effective-weights.ts';
import type { WeightMatrix } from './one-sided-factors.ts';

export interface UnitMatrix extends WeightMatrix {
  readonly height: number;
  readonly width: number;
}

/** Channels are those of the source: a view of the weights. */
export function inputWeights(weights: EffectiveWeights, output: number): UnitMatrix {
  const { part, index } = partOf(weights, output);
  const { height, width } = part;
  const size = weights.inputs * height * width;
  const values = part.values.subarray(index * size, (index + 1) * size);
  return { channels: weights.inputs, positions: height * width, height, width, values };
}

/**
 * Channels are those of the target. Kernels of branches that reach less far lie in the middle of those that reach
 * furthest, where their own offsets put them.
 */
export function outputWeights(weights: EffectiveWeights, input: number): UnitMatrix {
  const { parts, outputs } = weights;
  const [top, left] = ([0, 1] as const).map((axis) => Math.min(...parts.map(({ offset }) => offset[axis])));
  const height = Math.max(...parts.map((part) => part.offset[0] + part.height)) - top!;
  const width = Math.max(...parts.map((part) => part.offset[1] + part.width)) - left!;
  const values = new Float32Array(outputs * height * width);
  for (let output = 0; output < outputs; output++) {
    const { part } = partOf(weights, output);
    const kernel = kernelBetween(weights, input, output);
    const [row, column] = [part.offset[0] - top!, part.offset[1] - left!];
    for (let y = 0; y < part.height; y++)
      values.set(
        kernel.subarray(y * part.width, (y + 1) * part.width),
        (output * height + row + y) * width + column,
      );
  }
  return { channels: outputs, positions: height * width, height, width, values };
}
