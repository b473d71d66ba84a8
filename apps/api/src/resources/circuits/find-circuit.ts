/** The circuit among chosen units and their strongest neighbours. */
import { PlatformError, type ModelWithLayers } from '@fovea/platform';
import type { z } from 'zod';
import type { LinkObject } from '../../object-links.ts';
import type { Services } from '../../services.ts';
import type { UnitPlace } from '../units/thumbnails.ts';
import { describeUnits } from './describe-units.ts';
import type { foundCircuitSchema } from './contract.ts';
import { readLayerWeights, type WeightsBetween } from './layer-weights.ts';
import { strongestNeighbours } from './neighbours.ts';

type FoundCircuit = z.infer<typeof foundCircuitSchema>;
type Edge = FoundCircuit['edges'][number];

const nameOf = ({ layer, channel }: UnitPlace) => `${layer}:${channel}`;

/** Throws LAYER_NOT_FOUND and UNIT_NOT_FOUND for a chosen unit that the model lacks. */
export async function findCircuitAmong(
  services: Services,
  model: ModelWithLayers,
  chosen: readonly UnitPlace[],
  neighbours: number,
  link: LinkObject,
): Promise<FoundCircuit> {
  for (const unit of chosen) requireUnitOf(model, unit);
  const ofModel = { teamId: services.owner.teamId, modelId: model.id };
  const beside = await strongestNeighbours(services.db, ofModel, chosen, neighbours);
  const units = [...new Map([...chosen, ...beside].map((unit) => [nameOf(unit), unit])).values()];
  const weights = await readLayerWeights(services, ofModel, [...new Set(units.map(({ layer }) => layer))]);
  const isChosen = new Set(chosen.map(nameOf));
  return {
    model: model.name,
    units: (await describeUnits(services, model, units, link)).map((unit) => ({
      ...unit,
      chosen: isChosen.has(nameOf(unit)),
    })),
    edges: await edgesAmong(units, weights, isChosen),
    unknown: unknownWeights(model, chosen, weights),
  };
}

function requireUnitOf(model: ModelWithLayers, { layer: name, channel }: UnitPlace): void {
  const layer = model.layers.find((candidate) => candidate.name === name);
  if (!layer)
    throw new PlatformError('LAYER_NOT_FOUND', `${model.name} has no layer ${JSON.stringify(name)}`);
  if (layer.axes.at(-1) !== 'channel' || channel >= layer.channels)
    throw new PlatformError('UNIT_NOT_FOUND', `${name} of ${model.name} has no unit ${channel}`);
}

async function edgesAmong(
  units: readonly UnitPlace[],
  weights: readonly WeightsBetween[],
  isChosen: ReadonlySet<string>,
): Promise<Edge[]> {
  const byLayer = Map.groupBy(units, ({ layer }) => layer);
  const pairs = weights.flatMap((ofLayers) =>
    (byLayer.get(ofLayers.from) ?? []).flatMap((from) =>
      (byLayer.get(ofLayers.to) ?? [])
        .filter((to) => isChosen.has(nameOf(from)) || isChosen.has(nameOf(to)))
        .map((to) => ({ ofLayers, from, to })),
    ),
  );
  const edges = await Promise.all(
    pairs.map(async ({ ofLayers, from, to }): Promise<Edge | undefined> => {
      const kernel = await ofLayers.kernel(from.channel, to.channel);
      if (!kernel?.values.some((value) => value !== 0)) return undefined;
      const { height, width } = kernel;
      const values = [...kernel.values];
      const l2 = Math.hypot(...values);
      const sum = values.reduce((total, value) => total + value, 0);
      return { from, to, l2, sum, kernel: { height, width, values } };
    }),
  );
  return edges.filter((edge) => edge !== undefined);
}

/** Of the chosen units' layers, in the order of computation, each and the next one. */
function unknownWeights(
  model: ModelWithLayers,
  chosen: readonly UnitPlace[],
  weights: readonly WeightsBetween[],
): FoundCircuit['unknown'] {
  const names = new Set(chosen.map(({ layer }) => layer));
  const layers = model.layers.filter(({ name }) => names.has(name)).map(({ name }) => name);
  return layers
    .slice(1)
    .map((to, index) => ({ from: layers[index]!, to }))
    .filter(({ from, to }) => !weights.some((known) => known.from === from && known.to === to));
}
