/**
 * Effective weights: what a unit of one layer adds to a unit of another, by relative position, if all that lies
 * between were linear. "Visualizing Weights", Voss et al., Distill 2021.
 *
 * Bottlenecks are composed, rectifiers hand on what they are given, a max pool is the mean over its window, batch norms
 * are folded in, the scales of layer norms held constant, residual paths summed. Kernels are cross-correlations: they
 * lie over the source as it is drawn, first row at the top.
 */
import type { HookedModel } from '@fovea/models';
import { tf } from '@fovea/tensor';
import { composedKernel, NoCompositionError, type Choice } from './compose.ts';
import { differentiatedWeights, type UnitGradient } from './differentiate.ts';
import type { Kernel } from './kernel.ts';
import type { Linearization } from './linearized-model.ts';
import { branchesOf, pathsOf, wayBetween, type Branch, type Way } from './way.ts';
import { WeightsError } from './weights-error.ts';

export interface EffectiveWeights {
  readonly from: string;
  readonly to: string;
  /** Channels of the source. */
  readonly inputs: number;
  /** Channels of the target. */
  readonly outputs: number;
  /** How the source divides into branches, in the order of its channels. */
  readonly sources: readonly ChannelRange[];
  /** One for each branch of the target, in the order of its channels. */
  readonly parts: readonly WeightPart[];
  /** Whether the operations' own weights were composed, or the linearised network differentiated. */
  readonly route: WeightRoute;
}

export type WeightRoute = 'composed' | 'differentiated';

export interface ChannelRange {
  /** Of the hook point of the branch. */
  readonly name: string;
  readonly start: number;
  readonly count: number;
}

/** The weights to the units of one branch: position p of each reads positions stride · p + offset + [row, column]. */
export interface WeightPart extends ChannelRange {
  readonly height: number;
  readonly width: number;
  readonly stride: readonly [number, number];
  readonly offset: readonly [number, number];
  /** [count, inputs, height, width], row after row */
  readonly values: Float32Array;
}

export interface EffectiveWeightsOptions extends Linearization {
  /** By the name that `pathsBetween` gives it; default: all, summed. */
  readonly path?: string;
  /** Default: composition, and gradients where an operation does not show its weights, as in imported graphs. */
  readonly route?: WeightRoute;
}

/**
 * @param from a hook point, or the network's main input by its name
 * @throws UnknownLayerError, WeightsError
 */
export async function effectiveWeights(
  model: HookedModel,
  from: string,
  to: string,
  options: EffectiveWeightsOptions = {},
): Promise<EffectiveWeights> {
  const way = wayBetween(model, from, to);
  const { parts, route } = await partsOf(model, way, options);
  return {
    from: way.from.name,
    to: way.to.name,
    inputs: way.from.node.shape.at(-1)!,
    outputs: way.to.node.shape.at(-1)!,
    sources: branchesOf(way.from).map(rangeOf),
    parts,
    route,
  };
}

/**
 * The names of the paths from one layer to another that residual sums join, such as the shortcut of a block and what it
 * writes. Their effective weights add up to those without a path.
 * @throws UnknownLayerError, WeightsError
 */
export function pathsBetween(model: HookedModel, from: string, to: string): string[] {
  return pathsOf(wayBetween(model, from, to)).map(({ name }) => name);
}

async function partsOf(
  model: HookedModel,
  way: Way,
  options: EffectiveWeightsOptions,
): Promise<Pick<EffectiveWeights, 'parts' | 'route'>> {
  const { path, route } = options;
  if (route === 'differentiated') {
    if (path !== undefined) throw unknownToGradients(path);
    return { parts: await differentiatedParts(model, way, options), route };
  }
  try {
    return { parts: await composedParts(model, way, options), route: 'composed' };
  } catch (error) {
    if (!(error instanceof NoCompositionError) || route === 'composed') throw error;
    if (path !== undefined) throw unknownToGradients(path);
    return { parts: await differentiatedParts(model, way, options), route: 'differentiated' };
  }
}

function unknownToGradients(path: string): WeightsError {
  return new WeightsError(
    'UNKNOWN_PATH',
    `The path ${path} cannot be taken alone: an operation on it does not show its weights`,
  );
}

async function composedParts(
  model: HookedModel,
  way: Way,
  { path, ...linearization }: EffectiveWeightsOptions,
): Promise<WeightPart[]> {
  const choice = path === undefined ? undefined : alongPath(way, path);
  const parts: WeightPart[] = [];
  for (const branch of branchesOf(way.to))
    parts.push(await composedPart(model, way, branch, linearization, choice));
  return parts;
}

async function composedPart(
  model: HookedModel,
  { from }: Way,
  branch: Branch,
  linearization: Linearization,
  choice: Choice | undefined,
): Promise<WeightPart> {
  const place: Partial<Kernel> = {};
  const values = tf.tidy(() => {
    const kernel = composedKernel(model, from.node, branch.node, linearization, choice);
    if (!kernel) return tf.zeros([branch.count, from.node.shape.at(-1)!, 1, 1]);
    Object.assign(place, { stride: kernel.stride, offset: kernel.offset });
    return kernel.values.transpose([3, 2, 0, 1]);
  });
  const [, , height, width] = values.shape as [number, number, number, number];
  const data = await values.data<'float32'>();
  values.dispose();
  const { stride = [1, 1], offset = [0, 0] } = place;
  return { ...rangeOf(branch), height, width, stride, offset, values: data };
}

function alongPath(way: Way, name: string): Choice {
  const paths = pathsOf(way);
  const path = paths.find((candidate) => candidate.name === name);
  if (!path)
    throw new WeightsError(
      'UNKNOWN_PATH',
      `No path from ${way.from.name} to ${way.to.name} is called "${name}". There are: ${paths.map((each) => each.name).join('; ')}`,
    );
  return (node) => {
    const term = path.terms.get(node);
    return term ? [term] : node.inputs;
  };
}

async function differentiatedParts(
  model: HookedModel,
  way: Way,
  linearization: Linearization,
): Promise<WeightPart[]> {
  const units = Array.from({ length: way.to.node.shape.at(-1)! }, (_, unit) => unit);
  const gradients: UnitGradient[] = [];
  for await (const gradient of differentiatedWeights(model, way, units, linearization))
    gradients.push(gradient);
  const { size, stride, offset } = gradients[0]!;
  const [height, width] = size;
  const length = gradients[0]!.values.length;
  return branchesOf(way.to).map((branch) => {
    const values = new Float32Array(branch.count * length);
    for (let place = 0; place < branch.count; place++)
      values.set(gradients[branch.start + place]!.values, place * length);
    return { ...rangeOf(branch), height, width, stride, offset, values };
  });
}

function rangeOf({ name, start, count }: ChannelRange): ChannelRange {
  return { name, start, count };
}

/** The part to which a unit of the target belongs, and the unit's place in it. */
export function partOf({ parts }: EffectiveWeights, output: number): { part: WeightPart; index: number } {
  const part = parts.find(({ start, count }) => output >= start && output < start + count)!;
  return { part, index: output - part.start };
}

/** [height, width] of one pair of units, row after row: a view of the weights. */
export function kernelBetween(weights: EffectiveWeights, input: number, output: number): Float32Array {
  const { part, index } = partOf(weights, output);
  const size = part.height * part.width;
  const start = (index * weights.inputs + input) * size;
  return part.values.subarray(start, start + size);
}
