import { tf } from '@fovea/tensor';
import type { Node, Weights } from '../graph.ts';
import type { Network } from '../network.ts';
import { readersIn, type Readers } from './readers.ts';

/** New values of some tensors, by name, in the engine's layout. */
export type WeightChanges = Record<string, tf.Tensor>;

/**
 * Other weights with which the same network computes the same outputs, to rounding. Leaves its arguments alone;
 * tensors that it does not name stay as they are. The caller frees those that it gives.
 */
export type WeightProcessing = (network: Network, weights: Weights) => WeightChanges;

/** What is done at each node of a network, together. */
export function changesAtNodes(
  network: Network,
  changesAt: (node: Node, readers: Readers) => WeightChanges,
): WeightChanges {
  const readers = readersIn(network);
  return tf.tidy(() => merged(readers.nodes.map((node) => changesAt(node, readers))));
}

/** Of two changes of one tensor the later counts. */
export function merged(changes: readonly WeightChanges[]): WeightChanges {
  return Object.fromEntries(changes.flatMap((each) => Object.entries(each)));
}

export function withChanges(weights: Weights, changes: WeightChanges): Weights {
  return new Map([...weights, ...Object.entries(changes)]);
}

/** A vector in the shape in which it multiplies one axis of a tensor of so many axes. */
export function alongAxis(vector: tf.Tensor, rank: number, axis: number): tf.Tensor {
  return vector.reshape(Array.from({ length: rank }, (_, each) => (each === axis ? -1 : 1)));
}
