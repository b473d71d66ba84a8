import {
  adjacentLayers,
  effectiveWeights,
  layerNormScales,
  pathsBetween,
  WeightsError,
  type EffectiveWeights,
  type Linearization,
} from '@fovea/interp';
import { encodeSafetensors, type HookedModel, type NamedTensor } from '@fovea/models';
import { tf } from '@fovea/tensor';
import { InvalidInputError } from '../input-error.ts';
import type { RunContext, RunEvent, UnitFinding } from '../kind.ts';
import { tensorSlices } from '../tensor-slices.ts';
import type { LayerWeights } from './evidence.ts';
import { expandedFindings } from './expanded-findings.ts';
import { unitWeightsSchema, type UnitWeightsInput, type UnitWeightsResult } from './schema.ts';
import { unitsOfLayer, type Direction, type UnitOfLayer } from './unit-evidence.ts';

/** Units told at a time. */
const chunk = 200;

/** @throws InvalidInputError where the input does not fit the model, WeightsError where layers have no weights between them */
export async function* runUnitWeights(
  input: UnitWeightsInput,
  context: RunContext,
): AsyncGenerator<RunEvent, UnitWeightsResult> {
  const model = await context.loadModel(input.model);
  const issues = unitWeightsSchema.check(input, model);
  if (issues.length > 0) throw new InvalidInputError(issues);
  const layer = model.hookPoint(input.layer).name;
  const linearization: Linearization = {
    leaveOutAttention: input.leaveOutAttention,
    ...(input.layerNorms === 'grey' && { layerNormScales: await scalesOnGrey(model) }),
  };
  const others = othersOf(model, layer, input);
  const total = others.length + (input.expandedFrom === null ? 0 : 1);
  const done: UnitWeightsResult['others'] = [];
  for (const [step, { other, direction }] of others.entries()) {
    context.signal.throwIfAborted();
    try {
      done.push(yield* withOther(model, layer, other, direction, input, linearization, context));
    } catch (error) {
      // A neighbour that was not asked for by name may be of another kind, as what attention writes.
      if (input.others.length > 0 || !(error instanceof WeightsError)) throw error;
      yield { type: 'log', level: 'warning', message: `${other}: ${error.message}` };
    }
    yield { type: 'progress', step: step + 1, total, loss: null };
  }
  if (input.expandedFrom !== null) {
    yield* expandedFindings(model, layer, input, linearization, context.signal);
    yield { type: 'progress', step: total, total, loss: null };
  }
  return { layer, others: done };
}

interface Other {
  readonly other: string;
  readonly direction: Direction;
}

function othersOf(model: HookedModel, layer: string, { others }: UnitWeightsInput): Other[] {
  if (others.length === 0) {
    const { before, after } = adjacentLayers(model, layer);
    return [
      ...(before === null ? [] : [{ other: before, direction: 'inputs' as const }]),
      ...(after === null ? [] : [{ other: after, direction: 'outputs' as const }]),
    ];
  }
  const place = (name: string) => model.hookPoints.findIndex((point) => point.name === name);
  return others.map((given) => {
    const other = given === model.inputs[0]!.name ? given : model.hookPoint(given).name;
    return { other, direction: place(other) < place(layer) ? 'inputs' : 'outputs' };
  });
}

async function* withOther(
  model: HookedModel,
  layer: string,
  other: string,
  direction: Direction,
  input: UnitWeightsInput,
  linearization: Linearization,
  { provenance }: RunContext,
): AsyncGenerator<RunEvent, UnitWeightsResult['others'][number]> {
  const [from, to] = direction === 'inputs' ? [other, layer] : [layer, other];
  const path = input.path ?? undefined;
  const weights = await effectiveWeights(model, from, to, { ...linearization, path });
  const paths = weights.route === 'composed' ? pathsBetween(model, from, to) : [];
  const name = `${from}-${to}`.replaceAll('/', '_');
  const parameters = {
    kind: unitWeightsSchema.name,
    kindVersion: unitWeightsSchema.version,
    model: { name: model.name, digest: model.digest },
    ...provenance,
    from,
    to,
    path: input.path,
    route: weights.route,
    layout: '[out, in, height, width]',
  };
  const bytes = encodeSafetensors(weights.parts.map(tensorOf(weights)), { dtype: 'F32' });
  const file = safetensors(`weights.${name}.safetensors`, bytes, parameters);
  yield file;
  const about = { layer, kind: unitWeightsSchema.name, subject: other };
  const { ranking, factors } = {
    ranking: { by: input.rankBy, share: input.share, most: input.most },
    factors: input.factors,
  };
  const maps: NonNullable<UnitOfLayer['factors']>[] = [];
  let findings: UnitFinding[] = [];
  for (const unit of unitsOfLayer(weights, direction, { ranking, factors, path: input.path })) {
    findings.push(unit.finding);
    if (unit.factors) maps.push(unit.factors);
    if (findings.length < chunk) continue;
    yield { type: 'units', ...about, units: findings };
    findings = [];
  }
  if (findings.length > 0) yield { type: 'units', ...about, units: findings };
  const ofFactors =
    maps.length > 0 ? factorsFile(`factors.${layer}.${name}.safetensors`, maps, parameters) : null;
  if (ofFactors) yield ofFactors;
  yield { type: 'layer', ...about, data: layerWeights(weights, input.path, paths, file, ofFactors) };
  return {
    layer: other,
    direction,
    route: weights.route,
    paths,
    weights: file.name,
    factors: ofFactors?.name ?? null,
  };
}

type File = Extract<RunEvent, { type: 'artifact' }>;

function safetensors(name: string, bytes: Uint8Array, parameters: Record<string, unknown>): File {
  return { type: 'artifact', name, mediaType: 'application/octet-stream', bytes, parameters };
}

function tensorOf({ inputs }: EffectiveWeights) {
  return ({ name, count, height, width, values }: EffectiveWeights['parts'][number]): NamedTensor => ({
    name,
    shape: [count, inputs, height, width],
    values,
  });
}

/** Smaller maps lie in the middle of zeros: [units, 3, height, width]. */
function factorsFile(
  name: string,
  units: readonly NonNullable<UnitOfLayer['factors']>[],
  parameters: Record<string, unknown>,
): File {
  const height = Math.max(...units.map((unit) => unit.height));
  const width = Math.max(...units.map((unit) => unit.width));
  const values = new Float32Array(units.length * 3 * height * width);
  for (const [unit, { positions, ...size }] of units.entries()) {
    const [top, left] = [Math.floor((height - size.height) / 2), Math.floor((width - size.width) / 2)];
    for (const [factor, map] of positions.entries())
      for (let row = 0; row < size.height; row++)
        values.set(
          map.subarray(row * size.width, (row + 1) * size.width),
          ((unit * 3 + factor) * height + top + row) * width + left,
        );
  }
  const tensor = { name: 'factors', shape: [units.length, 3, height, width], values };
  return safetensors(name, encodeSafetensors([tensor], { dtype: 'F32' }), parameters);
}

function layerWeights(
  { from, to, route, sources, parts }: EffectiveWeights,
  path: string | null,
  paths: string[],
  file: File,
  factors: File | null,
): LayerWeights {
  const slices = tensorSlices(file.bytes, file.name);
  return {
    from,
    to,
    path,
    paths,
    route,
    sources: [...sources],
    parts: parts.map(({ name, start, count, stride, offset }) => ({
      name,
      start,
      count,
      stride: [...stride],
      offset: [...offset],
      weights: slices[name]!,
    })),
    factors: factors && tensorSlices(factors.bytes, factors.name).factors!,
  };
}

async function scalesOnGrey(model: HookedModel): Promise<Record<string, number>> {
  const [height, width, channels] = model.inputs[0]!.shape as [number, number, number];
  const grey = tf.tidy(() => tf.ones([1, height, width, channels]).mul<tf.Tensor4D>(0.5));
  try {
    return await layerNormScales(model, grey);
  } finally {
    grey.dispose();
  }
}
