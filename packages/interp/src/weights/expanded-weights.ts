/**
 * Expanded weights: what a unit adds up over any number of layers, as the gradient of the unit at the centre of the
 * linearised network, at zero. `extract_expanded_weights` of Captum's optim-wip, after "Visualizing Weights", 2021.
 */
import { requireChannel, type HookedModel } from '@fovea/models';
import { differentiatedWeights } from './differentiate.ts';
import type { Linearization } from './linearized-model.ts';
import { wayBetween } from './way.ts';

/** Of one unit. */
export interface ExpandedWeights {
  readonly from: string;
  readonly to: string;
  /** Of `to`. */
  readonly channel: number;
  /** Channels of `from`. */
  readonly inputs: number;
  readonly height: number;
  readonly width: number;
  readonly stride: readonly [number, number];
  readonly offset: readonly [number, number];
  /** [inputs, height, width], row after row; zero beyond the edges of the picture. */
  readonly values: Float32Array;
}

/**
 * @param from a hook point, or the network's main input by its name
 * @param channels of `to`, in the order in which they come
 * @throws UnknownLayerError, UnknownChannelError, WeightsError
 */
export async function* expandedWeights(
  model: HookedModel,
  from: string,
  to: string,
  channels: readonly number[],
  linearization: Linearization = {},
): AsyncGenerator<ExpandedWeights> {
  const way = wayBetween(model, from, to);
  for (const channel of channels) requireChannel(model, way.to.name, channel);
  const inputs = way.from.node.shape.at(-1)!;
  for await (const gradient of differentiatedWeights(model, way, channels, linearization)) {
    const { unit: channel, size, stride, offset, values } = gradient;
    const [height, width] = size;
    yield { from: way.from.name, to: way.to.name, channel, inputs, height, width, stride, offset, values };
  }
}
