/** An index as a list of runs: a function of its settings and of the model, and of nothing else. */
import {
  findKindSchema,
  indexParts,
  takesOf,
  unitPicturesInput,
  unitPicturesSchema,
  type IndexPart,
  type IndexSettings,
  type UnitPicturesInput,
} from '@fovea/experiments/schema';
import { closest } from '@fovea/models/closest';
import { PlatformError } from '../errors.ts';
import { hasUnits, layersOfInterest, type PlannedLayer } from './layers-of-interest.ts';

export interface IndexedModel {
  readonly name: string;
  readonly preprocessing: { readonly height: number; readonly width: number };
  /** In the order of computation. */
  readonly layers: readonly PlannedLayer[];
}

export interface PlannedRun {
  readonly part: IndexPart;
  /** For whose progress it counts; null for all layers together. */
  readonly layer: string | null;
  readonly kind: string;
  /** As the kind's schema takes it. */
  readonly input: Readonly<Record<string, unknown>>;
}

/** The pictures of some units of a layer. */
export interface PlannedPictures extends PlannedRun {
  readonly part: 'pictures';
  readonly layer: string;
  readonly input: UnitPicturesInput;
}

/** In the order in which it is to be worked through. Throws LAYER_NOT_FOUND, and INPUT_INVALID for layers without units. */
export function planIndex(settings: IndexSettings, model: IndexedModel): PlannedRun[] {
  const layers = chosenLayers(settings, model);
  return indexParts
    .filter((part) => settings.parts.includes(part))
    .flatMap((part) => plans[part](settings, model, layers));
}

export function chosenLayers({ layers }: IndexSettings, model: IndexedModel): readonly PlannedLayer[] {
  const names =
    layers === 'interesting'
      ? layersOfInterest(model.layers)
      : layers === 'all'
        ? model.layers.filter(hasUnits).map(({ name }) => name)
        : layers;
  const wanted = new Set(names.map((name) => requireLayer(name, model).name));
  return model.layers.filter(({ name }) => wanted.has(name));
}

function requireLayer(name: string, model: IndexedModel): PlannedLayer {
  const layer = model.layers.find((each) => each.name === name);
  if (!layer) {
    const nearest = closest(
      name,
      model.layers.map((each) => each.name),
    );
    const hint = nearest.length > 0 ? `; did you mean ${nearest.join(', ')}?` : '';
    throw new PlatformError('LAYER_NOT_FOUND', `${model.name} has no layer ${JSON.stringify(name)}${hint}`, {
      nearest,
    });
  }
  if (hasUnits(layer)) return layer;
  throw new PlatformError(
    'INPUT_INVALID',
    `${name} has no units: its axes are ${layer.axes.join(', ')}. Leave it out`,
    { issues: [] },
  );
}

type PlanPart = (
  settings: IndexSettings,
  model: IndexedModel,
  layers: readonly PlannedLayer[],
) => PlannedRun[];

const plans: Readonly<Record<IndexPart, PlanPart>> = {
  sweep: ({ dataset, images }, { name: model }, layers) => {
    const input = { model, layers: layers.map(({ name }) => name), dataset, limit: images };
    return [{ part: 'sweep', layer: null, kind: 'activation-sweep', input }];
  },
  weights: (settings, model, layers) =>
    layers.map(({ name }, place) => {
      const others = [layers[place - 1]?.name ?? 'image', layers[place + 1]?.name];
      const input = {
        model: model.name,
        layer: name,
        // Of all hook points those that are read next to each other are not those that follow each other.
        others: settings.layers === 'all' ? [] : others.filter((other) => other !== undefined),
        leaveOutAttention: hasAttention(model),
      };
      return { part: 'weights', layer: name, kind: 'unit-weights', input };
    }),
  sparsity: (settings, model, layers) =>
    layers.map(({ name }, place) => {
      const before = layers[place - 1]?.name ?? 'image';
      const from = settings.layers === 'all' ? null : before;
      const input = { model: model.name, layer: name, from, leaveOutAttention: hasAttention(model) };
      return { part: 'sparsity', layer: name, kind: 'weight-sparsity', input };
    }),
  deepdream: (settings, model, layers) =>
    layers.filter(hasPositions).map(({ name }) => ({
      part: 'deepdream',
      layer: name,
      kind: 'feature-visualization',
      input: {
        model: model.name,
        objective: { type: 'deepdream', layer: name },
        ...sideOf(settings, model),
        steps: settings.steps,
        previewInterval: 0,
      },
    })),
  tuning: (_settings, { name: model }, layers) => {
    const input = { model, layers: layers.filter(hasPositions).map(({ name }) => name) };
    return [{ part: 'tuning', layer: null, kind: 'tuning', input }];
  },
  pictures: (settings, model, layers) =>
    layers.flatMap((layer) => picturesOf(settings, model, layer, allChannels(layer))),
};

/** Optimisations of one run: long enough that compiling its steps does not count, short enough to share among workers. */
const takesOfRun = 64;

/** The pictures of these units of a layer, in runs that are neither long nor many. */
export function picturesOf(
  settings: IndexSettings,
  model: IndexedModel,
  layer: PlannedLayer,
  channels: readonly number[],
): PlannedPictures[] {
  const { steps, signs, restarts, diversity } = settings;
  // Where there are no positions, the neuron is the channel.
  const objectives: UnitPicturesInput['objectives'] = hasPositions(layer) ? settings.objectives : ['channel'];
  const takesOfUnit = objectives.length * signs.length * restarts + (diversity > 0 ? 1 : 0);
  const size = Math.max(1, Math.floor(takesOfRun / takesOfUnit));
  const chunks = Array.from({ length: Math.ceil(channels.length / size) }, (_, index) =>
    channels.slice(index * size, (index + 1) * size),
  );
  const input = unitPicturesInput.parse({
    model: model.name,
    layer: layer.name,
    channels: [0],
    objectives,
    signs,
    restarts,
    diversity,
    steps,
    ...sideOf(settings, model),
  });
  return chunks.map((some) => ({
    part: 'pictures',
    layer: layer.name,
    kind: unitPicturesSchema.name,
    input: { ...input, channels: some },
  }));
}

/** Of its kind, with defaults filled in. */
export function stepsOf({ part, kind: name, input }: PlannedRun): number {
  if (part === 'pictures') return unitPicturesSchema.steps(input as UnitPicturesInput);
  const kind = findKindSchema(name)!;
  return kind.steps(kind.input.parse(input));
}

/** Pictures of units that a run makes. */
export function picturesIn({ part, input }: PlannedRun): number {
  if (part !== 'pictures') return 0;
  return takesOf(input as UnitPicturesInput).reduce((sum, { batch }) => sum + batch, 0);
}

export function allChannels({ channels }: PlannedLayer): number[] {
  return Array.from({ length: channels }, (_, channel) => channel);
}

function hasAttention({ layers }: IndexedModel): boolean {
  return layers.some(({ axes }) => axes.includes('query'));
}

function hasPositions({ axes }: PlannedLayer): boolean {
  return axes.length > 1;
}

/** Beyond it a picture of a unit shows hardly more, and takes long. */
const usualSide = 128;

function sideOf({ size }: IndexSettings, { preprocessing }: IndexedModel) {
  const side = size ?? Math.min(usualSide, Math.max(preprocessing.height, preprocessing.width));
  return { width: side, height: side };
}
