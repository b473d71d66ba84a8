import { tf } from '@fovea/tensor';
import type { ChannelMap, Node, TensorSpec, Weights } from '../graph.ts';
import { origin, ownMap, users, type Readers } from './readers.ts';
import {
  alongAxis,
  changesAtNodes,
  merged,
  type WeightChanges,
  type WeightProcessing,
} from './weight-changes.ts';

/**
 * Scale γ and shift β of a layer norm become part of the linear maps that read it: W' = Wγ, b' = b + Wβ, γ = 1, β = 0.
 * As what they read has no mean over the channels, W' needs none either, and loses it (`fold_ln` of TransformerLens).
 * Applies where all readers are linear maps with a bias, also through a choice or an average of positions; a layer
 * norm whose values enter the residual stream stays as it is. Its hook point then has the normalised values.
 */
export const foldLayerNorm: WeightProcessing = (network, weights) =>
  changesAtNodes(network, (node, readers) => {
    if (!isScaleOfLayerNorm(node)) return {};
    const [gamma, beta] = node.operation.tensors!.map(({ name }) => ({ name, value: weights.get(name)! }));
    const maps = mapsReading(readers, node);
    if (!maps) return {};
    return {
      ...merged(maps.map((map) => readingNormalized(map, gamma!.value, beta!.value, weights))),
      [gamma!.name]: tf.onesLike(gamma!.value),
      [beta!.name]: tf.zerosLike(beta!.value),
    };
  });

function isScaleOfLayerNorm({ operation, inputs }: Node): boolean {
  return operation.kind === 'affine' && origin(inputs[0]!).operation.kind === 'layer_norm';
}

interface FoldableMap extends ChannelMap {
  readonly bias: TensorSpec;
  readonly inputAxis: number;
}

/** Undefined if anything else reads it. */
function mapsReading(readers: Readers, node: Node): FoldableMap[] | undefined {
  const maps = users(readers, node).map((user) => {
    if (user.operation.averages) return mapsReading(readers, user);
    const map = ownMap(readers, user);
    return map && isFoldable(map) ? [map] : undefined;
  });
  return maps.length > 0 && maps.every((each) => each !== undefined) ? maps.flat() : undefined;
}

/** Beyond the edge of an image nothing is shifted, so that no bias can stand for the shift. */
function isFoldable(map: ChannelMap): map is FoldableMap {
  return map.bias !== undefined && map.inputAxis !== undefined && !map.padded;
}

function readingNormalized(
  { weight, bias, inputAxis, outputAxis }: FoldableMap,
  gamma: tf.Tensor,
  beta: tf.Tensor,
  weights: Weights,
): WeightChanges {
  const matrix = weights.get(weight.name)!;
  const scaled = matrix.mul(alongAxis(gamma, matrix.rank, inputAxis));
  const shifted = matrix.mul(alongAxis(beta, matrix.rank, inputAxis));
  const inputAxes = matrix.shape.map((_, axis) => axis).filter((axis) => axis !== outputAxis);
  return {
    [weight.name]: scaled.sub(scaled.mean(inputAxis, true)),
    [bias.name]: weights.get(bias.name)!.add(shifted.sum(inputAxes)),
  };
}
