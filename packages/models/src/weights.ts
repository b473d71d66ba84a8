/** From a checkpoint's layout to the engine's, once, and back. */
import { tf } from '@fovea/tensor';
import { NonFiniteWeightsError } from './checkpoint/checkpoint-errors.ts';
import type { Checkpoint } from './checkpoint/checkpoint.ts';
import type { TensorSpec, Weights } from './graph.ts';
import type { NamedTensor } from './checkpoint/safetensors.ts';

/**
 * Reads the tensors of a network onto the engine; the caller frees them.
 * @throws NonFiniteWeightsError
 */
export async function readWeights(specs: readonly TensorSpec[], checkpoint: Checkpoint): Promise<Weights> {
  const weights = new Map<string, tf.Tensor>();
  try {
    for (const spec of specs) weights.set(spec.name, toEngine(spec, await checkpoint.read(spec.name)));
  } catch (error) {
    disposeWeights(weights);
    throw error;
  }
  return weights;
}

/** @param values row-major, in the layout of the checkpoint */
export function toEngine({ name, shape, toEngine }: TensorSpec, values: Float32Array): tf.Tensor {
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) throw new NonFiniteWeightsError(name, values[wrong]!, wrong);
  return tf.tidy(() => {
    const stored = tf.tensor(values, [...shape]);
    return toEngine ? stored.transpose([...toEngine]) : stored;
  });
}

/** The inverse of `toEngine`, for writing a checkpoint. */
export async function toCheckpoint(
  { name, shape, toEngine }: TensorSpec,
  value: tf.Tensor,
): Promise<NamedTensor> {
  const stored = toEngine
    ? tf.tidy(() => value.transpose(shape.map((_, axis) => toEngine.indexOf(axis))))
    : value.clone();
  try {
    return { name, shape, values: (await stored.data()) as Float32Array };
  } finally {
    stored.dispose();
  }
}

export function disposeWeights(weights: Weights): void {
  for (const tensor of weights.values()) tensor.dispose();
}
