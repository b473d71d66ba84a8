/** From a checkpoint's layout to the engine's, once, and back. */
import { isOutOfMemory, tf } from '@fovea/tensor';
import { NonFiniteWeightsError } from './checkpoint/checkpoint-errors.ts';
import type { Checkpoint } from './checkpoint/checkpoint.ts';
import { permuteAxes } from './checkpoint/strided.ts';
import type { NamedTensor } from './checkpoint/write-safetensors.ts';
import { ModelTooLargeError } from './errors.ts';
import type { Shape, TensorSpec, Weights } from './graph.ts';
import { ownNaming, sourceOf, type Naming, type Source } from './naming.ts';

/**
 * Reads the tensors of a network onto the engine, one at a time; the caller frees them.
 * @throws NonFiniteWeightsError, ModelTooLargeError
 */
export async function readWeights(
  specs: readonly TensorSpec[],
  checkpoint: Pick<Checkpoint, 'read'>,
  naming: Naming = ownNaming,
): Promise<Weights> {
  const weights = new Map<string, tf.Tensor>();
  let last: { name: string; values: Float32Array } | undefined;
  try {
    for (const spec of specs) {
      const source = sourceOf(naming, spec);
      // Tensors that share a stored one follow each other.
      if (last?.name !== source.name)
        last = { name: source.name, values: await checkpoint.read(source.name) };
      weights.set(spec.name, toEngine(spec, last.values, source));
    }
  } catch (error) {
    disposeWeights(weights);
    throw isOutOfMemory(error)
      ? new ModelTooLargeError(sizeOf(specs), tf.getBackend(), { cause: error })
      : error;
  }
  return weights;
}

function sizeOf(specs: readonly TensorSpec[]): number {
  return specs.reduce((sum, { shape }) => sum + shape.reduce((product, length) => product * length, 1), 0);
}

/** @param values row-major, as stored at `source`; by default just the tensor, in PyTorch's layout */
export function toEngine(
  { name, shape, toEngine }: TensorSpec,
  values: Float32Array,
  source: Source & { readonly shape: Shape } = { name, shape },
): tf.Tensor {
  const stored = partOf(values, source);
  const wrong = stored.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) throw new NonFiniteWeightsError(name, stored[wrong]!, wrong);
  const { permute } = source;
  const storedShape = permute ? shape.map((_, axis) => shape[permute.indexOf(axis)]!) : [...shape];
  const order = compose(permute, toEngine);
  if (!order) return tf.tensor(stored, storedShape);
  return tf.tensor(
    permuteAxes(stored, storedShape, order),
    order.map((axis) => storedShape[axis]!),
  );
}

/** A part of a stored tensor that several share. */
function partOf(values: Float32Array, { part: [index, of] = [0, 1] }: Source): Float32Array {
  const length = values.length / of;
  return values.subarray(index * length, (index + 1) * length);
}

/** First `permute`, then `toEngine`, as one order of axes. */
function compose(permute?: readonly number[], toEngine?: readonly number[]): readonly number[] | undefined {
  if (!permute || !toEngine) return permute ?? toEngine;
  return toEngine.map((axis) => permute[axis]!);
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
