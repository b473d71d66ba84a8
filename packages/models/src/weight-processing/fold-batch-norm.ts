import { tf } from '@fovea/tensor';
import type { ChannelMap, Operation, Weights } from '../graph.ts';
import { originOfOne, ownMap } from './readers.ts';
import { alongAxis, changesAtNodes, type WeightChanges, type WeightProcessing } from './weight-changes.ts';

/**
 * Batch norms become part of the convolutions and linear maps in front of them: W' = γW/√(σ² + ε) and
 * b' = β + γ(b − μ)/√(σ² + ε), which stays with the batch norm where the map has no bias. What is left of it does
 * nothing else: γ = 1, μ = 0, σ² = 1 − ε. Values between the two change, all others stay.
 */
export const foldBatchNorm: WeightProcessing = (network, weights) =>
  changesAtNodes(network, ({ operation, inputs }, readers) => {
    if (operation.kind !== 'batch_norm') return {};
    const map = ownMap(readers, originOfOne(readers, inputs[0]!));
    return map ? folded(operation, map, weights) : {};
  });

function folded(
  { tensors, epsilon }: Operation,
  { weight, bias, outputAxis }: ChannelMap,
  weights: Weights,
): WeightChanges {
  const [gamma, beta, mean, variance] = tensors!.map(({ name }) => ({ name, value: weights.get(name)! }));
  const scale = gamma!.value.div(variance!.value.add(epsilon!).sqrt());
  const before = bias ? weights.get(bias.name)! : tf.zerosLike(scale);
  const shift = beta!.value.add(scale.mul(before.sub(mean!.value)));
  const filter = weights.get(weight.name)!;
  return {
    [weight.name]: filter.mul(alongAxis(scale, filter.rank, outputAxis)),
    ...(bias && { [bias.name]: shift }),
    [gamma!.name]: tf.onesLike(scale),
    [beta!.name]: bias ? tf.zerosLike(shift) : shift,
    [mean!.name]: tf.zerosLike(scale),
    [variance!.name]: tf.fill(scale.shape, 1 - epsilon!),
  };
}
