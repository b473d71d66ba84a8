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

export function matrixOf(map: SparseMap): Matrix {
  const values = new Float32Array(map.outputs.length * map.inputs);
  writeMatrix(map, values);
  return { rows: map.outputs.length, columns: map.inputs, values };
}

/** @param zeros [outputs · inputs] */
export function writeMatrix({ inputs, outputs }: SparseMap, zeros: Float32Array): void {
  for (const [output, taps] of outputs.entries())
    for (const { input, weight } of taps) zeros[output * inputs + input]! += weight;
}

/** Where every output shows one input as it is, and these lie at equal distances: the first, and the distance. */
export function progressionOf({ outputs }: SparseMap) {
  if (!outputs.every((taps) => taps.length === 1 && taps[0]!.weight === 1)) return undefined;
  const inputs = outputs.map(([tap]) => tap!.input);
  const start = inputs[0] ?? 0;
  const step = (inputs[1] ?? start + 1) - start;
  return inputs.every((input, index) => input === start + index * step) ? { start, step } : undefined;
}

/** On longer axes: inputs that are not read, and outputs that are zero, at the end. */
export function enlarged({ outputs }: SparseMap, inputs: number, length: number): SparseMap {
  return { inputs, outputs: [...outputs, ...Array.from({ length: length - outputs.length }, () => [])] };
}
