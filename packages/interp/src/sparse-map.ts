/** Linear maps of one axis of which every output reads a few inputs: crops, pads, resizes, blurs, and chains of them. */
import type { Matrix } from './linear-map.ts';

export interface Tap {
  readonly input: number;
  readonly weight: number;
}

export interface SparseMap {
  /** Length of the axis before. */
  readonly inputs: number;
  /** What each position of the axis after reads; no tap gives zero. */
  readonly outputs: readonly (readonly Tap[])[];
}

/** @param sources for each output the one input that it shows; outside of the axis it is zero */
export function selection(inputs: number, outputs: number, source: (output: number) => number): SparseMap {
  return {
    inputs,
    outputs: Array.from({ length: outputs }, (_, output) => {
      const input = source(output);
      return input >= 0 && input < inputs ? [{ input, weight: 1 }] : [];
    }),
  };
}

/** One map after another. */
export function chain(first: SparseMap, second: SparseMap): SparseMap {
  return {
    inputs: first.inputs,
    outputs: second.outputs.map((taps) =>
      taps.flatMap(({ input, weight }) =>
        first.outputs[input]!.map((tap) => ({ input: tap.input, weight: tap.weight * weight })),
      ),
    ),
  };
}

export function mapped({ outputs }: SparseMap, values: readonly number[]): number[] {
  return outputs.map((taps) => taps.reduce((sum, { input, weight }) => sum + weight * values[input]!, 0));
}

export function matrixOf({ inputs, outputs }: SparseMap): Matrix {
  const values = new Float32Array(outputs.length * inputs);
  for (const [output, taps] of outputs.entries())
    for (const { input, weight } of taps) values[output * inputs + input]! += weight;
  return { rows: outputs.length, columns: inputs, values };
}

/** Whether every output shows one input as it is. */
export function isSelection({ outputs }: SparseMap): boolean {
  return outputs.every((taps) => taps.length === 1 && taps[0]!.weight === 1);
}
