/** The same network before training: what its architecture does without having learned anything. */
import {
  hookedModel,
  inOrder,
  toEngine,
  type HookedModel,
  type Operation,
  type TensorSpec,
} from '@fovea/models';
import { randomFor, type Random, type tf } from '@fovea/tensor';

/** Of layer scale, as ConvNeXt begins with it. */
const layerScaleStart = 1e-6;
/** Standard deviation of learned tokens and positions, as vision transformers begin with them. */
const embeddingDeviation = 0.02;

/**
 * Convolutions and linear maps are normal with variance 2 / fan-in (He et al., "Delving Deep into Rectifiers", 2015),
 * biases zero, normalisations such that they change nothing, layer scales 1e-6. The caller disposes of it.
 */
export function untrainedModel(model: HookedModel, seed: number): HookedModel {
  const { network } = model;
  const operations = inOrder(network.outputNodes).map(({ operation }) => operation);
  const weights = new Map<string, tf.Tensor>();
  for (const operation of operations)
    for (const [place, spec] of (operation.tensors ?? []).entries()) {
      if (weights.has(spec.name)) continue;
      const random = randomFor(seed, 0, `untrained ${spec.name}`);
      weights.set(spec.name, toEngine(spec, initialValues(operation, place, spec, random)));
    }
  return hookedModel(
    { ...model, digest: `${model.digest} untrained ${seed}` },
    network,
    weights,
    model.naming,
  );
}

function initialValues(
  operation: Operation,
  place: number,
  { shape }: TensorSpec,
  random: Random,
): Float32Array {
  const length = shape.reduce((product, extent) => product * extent, 1);
  const filled = (value: number) => new Float32Array(length).fill(value);
  const normal = (deviation: number) => Float32Array.from({ length }, () => deviation * random.normal());
  switch (operation.kind) {
    case 'batch_norm':
      return filled(isUnit(operation, place) ? 1 : 0);
    case 'affine':
      return filled(place === 0 ? 1 : 0);
    case 'layer_scale':
      return filled(layerScaleStart);
  }
  if (operation.inserts) return normal(embeddingDeviation);
  if (shape.length < 2) return filled(0);
  const fanIn = length / shape[0]!;
  return normal(Math.sqrt(2 / fanIn));
}

/** Scale and variance: ours come as scale, offset, mean, variance; those of ONNX as mean, variance, offset, scale. */
function isUnit({ epsilon }: Operation, place: number): boolean {
  return epsilon === undefined ? place === 1 || place === 3 : place === 0 || place === 3;
}
