/** Checkpoints whose values are functions of their tensors' names: a network can be compared without any weights. */
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import type { Shape } from '../graph.ts';
import { ownNaming, sourceOf, type Naming } from '../naming.ts';
import type { Network } from '../network.ts';
import { syntheticWeight } from './synthetic-tensor.ts';

export interface SyntheticCheckpoint extends Pick<Checkpoint, 'read'> {
  readonly tensors: ReadonlyMap<string, { readonly shape: Shape }>;
}

export function syntheticCheckpoint(shapes: Iterable<readonly [string, Shape]>): SyntheticCheckpoint {
  const tensors = new Map([...shapes].map(([name, shape]) => [name, { shape }]));
  return {
    tensors,
    read: (name) => Promise.resolve(syntheticWeight(name, tensors.get(name)!.shape)),
  };
}

/** The checkpoint of a network as an implementation of this naming would save it. */
export function syntheticCheckpointOf(network: Network, naming: Naming = ownNaming): SyntheticCheckpoint {
  return syntheticCheckpoint(
    network.tensors.map((tensor) => sourceOf(naming, tensor)).map(({ name, shape }) => [name, shape]),
  );
}
