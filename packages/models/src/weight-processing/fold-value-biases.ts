import { tf } from '@fovea/tensor';
import type { ChannelMap, Node } from '../graph.ts';
import { origin, originOfOne, ownMap, users, type Readers } from './readers.ts';
import { changesAtNodes, type WeightProcessing } from './weight-changes.ts';

/**
 * The bias of the values becomes part of that of the output: as a pattern sums to one, it reaches every position
 * in full. b_O' = b_O + W_O b_V, b_V = 0 (`fold_value_biases` of TransformerLens).
 */
export const foldValueBiases: WeightProcessing = (network, weights) =>
  changesAtNodes(network, (node, readers) => {
    const attention = attentionAt(readers, node);
    if (!attention?.values.bias || !attention.output.bias) return {};
    const { values, output } = attention;
    const bias = weights.get(values.bias!.name)!;
    const outputBias = weights.get(output.bias!.name)!;
    const written = tf.matMul(
      bias.reshape<tf.Tensor2D>([1, -1]),
      weights.get(output.weight.name) as tf.Tensor2D,
    );
    return {
      [output.bias!.name]: outputBias.add(written.reshape([-1])),
      [values.bias!.name]: tf.zerosLike(bias),
    };
  });

/** The maps around a sum of values by a pattern. */
function attentionAt(readers: Readers, node: Node): { values: ChannelMap; output: ChannelMap } | undefined {
  if (node.operation.kind !== 'z') return undefined;
  const [pattern, v] = node.inputs;
  const [output, ...others] = users(readers, node);
  if (origin(pattern!).operation.kind !== 'softmax' || others.length > 0) return undefined;
  const maps = { values: ownMap(readers, originOfOne(readers, v!)), output: ownMap(readers, output) };
  return maps.values && maps.output ? { values: maps.values, output: maps.output } : undefined;
}
