/** What a sweep found usual for the units of a layer, from the file of its vectors. */
import { usualActivations, type UsualActivations } from '@fovea/interp';
import type { TensorSlice } from '../activation-sweep/evidence.ts';
import { tensorSlices } from '../tensor-slices.ts';

/** The file is not what it should be, or of another layer. */
export class SweepVectorsError extends Error {
  readonly code = 'SWEEP_VECTORS_UNSUITABLE';
  readonly fault = 'input';

  constructor(layer: string, problem: string, options?: ErrorOptions) {
    super(`What is given as vectors of a sweep of ${layer} ${problem}`, options);
    this.name = 'SweepVectorsError';
  }
}

/**
 * @param file artifact `<layer>.vectors.safetensors` of an activation sweep
 * @throws SweepVectorsError
 */
export function usualFromVectors(file: Uint8Array, layer: string, units: number): UsualActivations {
  const { vectors, means } = slicesOf(file, layer);
  if (vectors?.dtype !== 'F32' || means?.dtype !== 'F32')
    throw new SweepVectorsError(layer, 'lacks the tensors `vectors` and `means`');
  if (vectors.shape[0] !== units)
    throw new SweepVectorsError(layer, `has ${vectors.shape[0]} units; the layer has ${units}`);
  return usualActivations(valuesOf(file, vectors), valuesOf(file, means), units);
}

function slicesOf(file: Uint8Array, layer: string): Partial<Record<string, TensorSlice>> {
  try {
    return tensorSlices(file, layer);
  } catch (cause) {
    throw new SweepVectorsError(layer, 'is no safetensors file', { cause });
  }
}

function valuesOf(file: Uint8Array, { offset, shape }: TensorSlice): Float32Array {
  const length = shape.reduce((product, size) => product * size, 1);
  // The values need not be aligned within the file that holds them.
  return new Float32Array(Uint8Array.from(file.subarray(offset, offset + 4 * length)).buffer);
}
