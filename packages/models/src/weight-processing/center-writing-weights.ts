import { tf } from '@fovea/tensor';
import type { Node, Weights } from '../graph.ts';
import { foldLayerScale } from './fold-layer-scale.ts';
import { ownMap, users, type Readers } from './readers.ts';
import {
  changesAtNodes,
  merged,
  withChanges,
  type WeightChanges,
  type WeightProcessing,
} from './weight-changes.ts';

/**
 * Whatever writes to a residual stream that is only read through layer norms, which subtract the mean over the
 * channels, needs to write none: W' = W − mean of W over its outputs (`center_writing_weights` of TransformerLens).
 * Learned tokens and positions likewise. Layer scale is folded first. Where anything else reads what is written, as
 * ConvNeXt's convolutions read its stream, it stays as it is.
 */
export const centerWritingWeights: WeightProcessing = (network, weights) =>
  tf.tidy(() => {
    const scaled = foldLayerScale(network, weights);
    const isFolded = (node: Node) => node.operation.tensors!.every(({ name }) => name in scaled);
    const centered = changesAtNodes(network, (node, readers) =>
      writes(node) && isReadCentered(readers, node, isFolded)
        ? centeredTensors(readers, node, withChanges(weights, scaled))
        : {},
    );
    return Object.keys(centered).length > 0 ? { ...scaled, ...centered } : {};
  });

function writes({ operation }: Node): boolean {
  return operation.map !== undefined || operation.inserts === true;
}

/** Whether all that is ever done with a value, in sums and at other places too, is to subtract its mean. */
function isReadCentered(readers: Readers, node: Node, isFolded: (scale: Node) => boolean): boolean {
  const reading = users(readers, node);
  return (
    reading.length > 0 &&
    reading.every((user) => {
      const { kind, averages, inserts } = user.operation;
      // Positions only look at how many there are.
      if (kind === 'center' || kind === 'pos_embed') return true;
      const passes = kind === 'add' || averages || inserts || (kind === 'layer_scale' && isFolded(user));
      return passes && isReadCentered(readers, user, isFolded);
    })
  );
}

function centeredTensors(readers: Readers, node: Node, weights: Weights): WeightChanges {
  const without = (name: string, axis: number): WeightChanges => {
    const value = weights.get(name)!;
    return { [name]: value.sub(value.mean(axis, true)) };
  };
  const { inserts, tensors } = node.operation;
  if (inserts) {
    const own = tensors!.filter((tensor) => !readers.isShared(tensor));
    return merged(own.map(({ name, shape }) => without(name, shape.length - 1)));
  }
  const map = ownMap(readers, node);
  // The mean of channels that each read another is no map of the same kind.
  if (map?.inputAxis === undefined) return {};
  return { ...without(map.weight.name, map.outputAxis), ...(map.bias && without(map.bias.name, 0)) };
}
