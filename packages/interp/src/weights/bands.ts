/**
 * Weights between two families of units that are turned versions of each other: if the network treats all turns alike,
 * they depend on the difference of angles alone, and the matrix of sums is made of bands ("Naturally Occurring
 * Equivariance in Neural Networks", Olah et al., and "Curve Circuits", Cammarata et al., Distill 2020–21).
 */
import type { Strengths } from './strengths.ts';

/**
 * The mean signed sum of the kernels between units k steps apart, for every k of the cycle: [steps].
 * @param inputs channels of the source, in the order of their angles, all around
 * @param outputs channels of the target, as many and in the same order
 */
export function bandMeans(
  { sum, inputs: width }: Strengths,
  inputs: readonly number[],
  outputs: readonly number[],
): Float64Array {
  const steps = inputs.length;
  if (outputs.length !== steps)
    throw new RangeError(`${steps} and ${outputs.length} units are no two families of one cycle`);
  return Float64Array.from({ length: steps }, (_, step) => {
    const band = outputs.map((output, place) => sum[output * width + inputs[(place + step) % steps]!]!);
    return band.reduce((total, value) => total + value, 0) / steps;
  });
}
