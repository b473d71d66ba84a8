/**
 * Expanded weights: what a unit adds up over any number of layers, as the gradient of the unit at the centre of the
 * linearised network, at zero. `extract_expanded_weights` of Captum's optim-wip, after "Visualizing Weights", 2021.
 */
import { requireChannel, type HookedModel } from '@fovea/models';
import { differentiatedWeights } from './differentiate.ts';
import type { Linearization } from './linearized-model.ts';
import { wayBetween } from './way.ts';

export interface ExpandedWeights {
  readonly from: string;
  readonly to: string;
  /** Channels of the source. */
  readonly inputs: number;
  readonly height: number;
  readonly width: number;
  readonly stride: readonly [number, number];
  readonly offset: readonly [number, number];
  /** For each unit [inputs, height, width], row after row; zero beyond the edges of the picture. */
  readonly units: readonly Float32Array[];
}

/**
 * @param from a hook point, or the network's main input by its name
 * @param units channels of `to`
 * @throws UnknownLayerError, UnknownChannelError, WeightsError
 */
export async function expandedWeights(
  model: HookedModel,
  from: string,
  to: string,
  units: readonly number[],
  linearization: Linearization = {},
): Promise<ExpandedWeights> {
  const way = wayBetween(model, from, to);
  for (const unit of units) requireChannel(model, way.to.name, unit);
  const { values, size, stride, offset } = await differentiatedWeights(model, way, units, linearization);
  const length = values.length / units.length;
  return {
    from: way.from.name,
    to: way.to.name,
    inputs: way.from.node.shape.at(-1)!,
    height: size[0],
    width: size[1],
    stride,
    offset,
    units: units.map((_, index) => values.subarray(index * length, (index + 1) * length)),
  };
}
