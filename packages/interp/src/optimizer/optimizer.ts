/**
 * Optimizers minimise a loss by changing arrays on the host. All that they remember is arrays and the number of
 * updates made, so that a checkpoint holds them bit for bit and every backend shares one implementation.
 */
export interface Optimizer {
  /** What is remembered before the first update, for parameters of these lengths. */
  initial(lengths: readonly number[]): Float32Array[];
  /**
   * Changes `parameters` and `memory` in place. An array may be appended to the memory, or removed from it.
   * @param update counted from 1
   */
  step(
    parameters: readonly Float32Array[],
    gradients: readonly Float32Array[],
    memory: Float32Array[],
    update: number,
  ): void;
}

export function zerosLike(lengths: readonly number[]): Float32Array[] {
  return lengths.map((length) => new Float32Array(length));
}
