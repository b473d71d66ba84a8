import type { Manifest } from '@fovea/models';

export type PlannedLayer = Pick<
  Manifest['hookPoints'][number],
  'name' | 'kind' | 'shape' | 'axes' | 'channels' | 'sources'
>;

/** Whose channels are those of the layer before, or no features at all. */
const passing: ReadonlySet<string> = new Set([
  'resid',
  'layer_norm',
  'local_response_norm',
  'max_pool',
  'avg_pool',
  'flatten',
  'slice',
  'pad',
  'transpose',
  'softmax',
  'normalize',
]);

const activations: ReadonlySet<string> = new Set([
  'relu',
  'gelu',
  'gelu_tanh',
  'quick_gelu',
  'silu',
  'geglu',
  'tanh',
  'sigmoid',
]);

/** What is done to each value of a layer by itself: its result is the more telling of the two. */
const pointwise: ReadonlySet<string> = new Set([...activations, 'batch_norm']);

/** A unit is an index along the last axis, where it counts channels; those of heads are no units of their own. */
export function hasUnits({ axes }: Pick<PlannedLayer, 'axes'>): boolean {
  return axes.at(-1) === 'channel' && !axes.includes('head');
}

/**
 * The layers at which a reader looks first: the outputs of blocks, which are those that all of the network passes
 * through, after their nonlinearity, and of transformers also the hidden neurons of their MLPs.
 *
 * @param all in the order of computation
 */
export function layersOfInterest(all: readonly PlannedLayer[]): string[] {
  const layers = ofImage(all);
  const furthest = furthestSources(layers);
  return layers
    .filter((layer, ordinal) => {
      if (!hasUnits(layer) || passing.has(layer.kind)) return false;
      if (layer.axes.includes('position') && activations.has(layer.kind)) return true;
      return furthest[ordinal]! >= ordinal && !goesOnPointwise(layer, layers);
    })
    .map(({ name }) => name);
}

/** What is computed from the image, of networks that read text beside it. */
function ofImage(layers: readonly PlannedLayer[]): readonly PlannedLayer[] {
  const reached = new Set(['image']);
  const found = layers.filter(({ name, sources }) => {
    if (!sources.some((source) => reached.has(source))) return false;
    reached.add(name);
    return true;
  });
  return found.length > 0 ? found : layers;
}

/** For each layer the earliest layer that anything after it reads: its own number where all goes through it. */
function furthestSources(layers: readonly PlannedLayer[]): number[] {
  const ordinals = new Map(layers.map(({ name }, ordinal) => [name, ordinal]));
  ordinals.set('image', -1);
  let earliest = Infinity;
  return layers
    .map(({ sources }) => Math.min(...sources.map((name) => ordinals.get(name) ?? Infinity)))
    .toReversed()
    .map((read) => {
      const before = earliest;
      earliest = Math.min(earliest, read);
      return before;
    })
    .toReversed();
}

function goesOnPointwise({ name }: PlannedLayer, layers: readonly PlannedLayer[]): boolean {
  const readers = layers.filter(({ sources }) => sources.includes(name));
  return readers.length === 1 && pointwise.has(readers[0]!.kind);
}
