/** What a unit was before the ReLU behind which it stands. */
import type { HookedModel } from '@fovea/models';

export interface Unit {
  readonly layer: string;
  readonly channel: number;
}

/**
 * The unit from which a ReLU made this one, be it in this layer or, through pools and concatenations, in one before;
 * the unit itself where there is none. A unit that does not fire has no gradient behind its ReLU, so what inhibits it
 * is to be looked for here, as the negative neurons of https://distill.pub/2017/feature-visualization are.
 *
 * @throws UnknownLayerError
 */
export function preActivation(model: Pick<HookedModel, 'hookPoint' | 'hookPoints'>, unit: Unit): Unit {
  return throughRelu(model, unit) ?? unit;
}

/** Kinds of layers that hand each channel on as one channel. */
const pools: ReadonlySet<string> = new Set(['max_pool', 'avg_pool']);

function throughRelu(
  model: Pick<HookedModel, 'hookPoint' | 'hookPoints'>,
  { layer, channel }: Unit,
): Unit | null {
  const { kind, sources } = model.hookPoint(layer);
  const before = sources.map((name) => model.hookPoints.find((point) => point.name === name));
  if (!before.every((point) => point !== undefined)) return null;
  const [first] = before;
  if (!first) return null;
  if (kind === 'relu') return { layer: first.name, channel };
  if (pools.has(kind)) return throughRelu(model, { layer: first.name, channel });
  if (kind !== 'concat') return null;
  let start = 0;
  for (const { name, channels } of before) {
    if (channel < start + channels) return throughRelu(model, { layer: name, channel: channel - start });
    start += channels;
  }
  return null;
}
