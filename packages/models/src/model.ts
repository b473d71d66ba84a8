/** A network with weights: the hooked model that every method works on. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Variant } from './architecture.ts';
import { UnknownChannelError, UnknownLayerError } from './errors.ts';
import type { Weights } from './graph.ts';
import type { HookedModel, HookPoint } from './hooked-model.ts';
import { ownNaming, resolveAlias, type Naming } from './naming.ts';
import type { Network } from './network.ts';
import { preprocess, type Preprocessing } from './preprocessing.ts';
import type { SelfTest } from './self-test-result.ts';
import { runNetwork } from './run-network.ts';
import { disposeWeights } from './weights.ts';

export interface ModelIdentity {
  readonly name: string;
  readonly architecture: string;
  readonly variant: string;
  readonly digest: string;
  readonly preprocessing: Preprocessing;
  readonly classes?: readonly string[];
  readonly selfTest?: SelfTest;
}

/** Takes ownership of the weights. */
export function hookedModel(
  identity: ModelIdentity,
  network: Network,
  weights: Weights,
  naming: Naming = ownNaming,
): HookedModel {
  const byName = new Map(network.hookPoints.map((point) => [point.name, point]));
  const find = (name: string): HookPoint => {
    const point = byName.get(name) ?? byName.get(resolveAlias(naming.aliases ?? [], name) ?? name);
    if (!point) throw new UnknownLayerError(identity.name, name, [...byName.keys()]);
    return point;
  };
  const { name, architecture, variant, digest, preprocessing, classes, selfTest } = identity;
  return {
    name,
    architecture,
    variant,
    digest,
    preprocessing,
    classes,
    selfTest,
    inputs: network.inputs,
    fixedSize: network.fixedSize,
    network,
    weights,
    naming,
    hookPoints: network.hookPoints,
    parameters: network.parameters,
    hookPoint: find,
    preprocess: (image) => preprocess(image, preprocessing),
    run(input, options = {}) {
      const asked = options.until ?? [network.output];
      const until = asked.map((name) => find(name).name);
      const from = mapKeys(options.from ?? {}, (name) => find(name).name);
      const values = runNetwork(network, weights, input, {
        ...options,
        until,
        from,
      });
      return Object.fromEntries(asked.map((name, index) => [name, values[until[index]!]!]));
    },
    dispose: () => disposeWeights(weights),
  };
}

function mapKeys<Value>(
  record: Readonly<Record<string, Value>>,
  rename: (key: string) => string,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [rename(key), value]));
}

/** @throws UnknownLayerError, UnknownChannelError */
export function requireChannel(model: HookedModel, layer: string, channel: number): void {
  const { channels } = model.hookPoint(layer);
  if (!Number.isInteger(channel) || channel < 0 || channel >= channels) {
    throw new UnknownChannelError(layer, channel, channels);
  }
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
