/** A network with weights: the hooked model that every method works on. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Variant } from './architecture.ts';
import { matchCheckpoint } from './checkpoint-match.ts';
import { CorruptCheckpointError } from './checkpoint/checkpoint-errors.ts';
import { UnknownChannelError, UnknownLayerError } from './errors.ts';
import type { Weights } from './graph.ts';
import type { HookedModel } from './hooked-model.ts';
import { findArchitecture } from './known-architectures.ts';
import type { Manifest } from './manifest.ts';
import { networkOf, runNetwork, type Network } from './network.ts';
import { preprocess, type Preprocessing } from './preprocessing.ts';
import { openSafetensors } from './checkpoint/safetensors.ts';
import type { SelfTest } from './self-test-result.ts';
import { disposeWeights, readWeights } from './weights.ts';

export interface ModelIdentity {
  readonly name: string;
  readonly architecture: string;
  readonly digest: string;
  readonly preprocessing: Preprocessing;
  readonly classes?: readonly string[];
  readonly selfTest?: SelfTest;
}

/** Takes ownership of the weights. */
export function hookedModel(identity: ModelIdentity, network: Network, weights: Weights): HookedModel {
  const byName = new Map(network.hookPoints.map((point) => [point.name, point]));
  return {
    ...identity,
    hookPoints: network.hookPoints,
    parameters: network.parameters,
    hookPoint(name) {
      const point = byName.get(name);
      if (!point) throw new UnknownLayerError(identity.name, name, [...byName.keys()]);
      return point;
    },
    preprocess: (image) => preprocess(image, identity.preprocessing),
    run(input, options) {
      options?.until?.forEach((name) => this.hookPoint(name));
      return runNetwork(network, weights, input, options);
    },
    dispose: () => disposeWeights(weights),
  };
}

/** @throws UnknownLayerError, UnknownChannelError */
export function requireChannel(model: HookedModel, layer: string, channel: number): void {
  const { channels } = model.hookPoint(layer);
  if (!Number.isInteger(channel) || channel < 0 || channel >= channels) {
    throw new UnknownChannelError(layer, channel, channels);
  }
}

/**
 * Loads a registered model onto the engine that is running.
 * @throws CorruptCheckpointError when the file is not the one that was registered; any error of the reader
 */
export async function loadModel(manifest: Manifest, weightsPath: string): Promise<HookedModel> {
  const { sha256 } = manifest.checkpoint;
  const found = await sha256OfFile(weightsPath);
  if (found !== sha256) throw new CorruptCheckpointError(weightsPath, sha256, found);

  await using checkpoint = await openSafetensors(weightsPath);
  const { variant } = matchCheckpoint(findArchitecture(manifest.architecture), checkpoint, manifest.variant);
  const network = networkOf(withPreprocessing(variant, manifest.preprocessing));
  return hookedModel(manifest, network, await readWeights(network.tensors, checkpoint));
}

/** The nominal size, and with it every shape, belongs to the preprocessing. */
export function withPreprocessing(variant: Variant, preprocessing: Preprocessing): Variant {
  return { ...variant, preprocessing };
}

export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
