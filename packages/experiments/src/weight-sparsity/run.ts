import {
  adjacentLayers,
  compareWithNull,
  effectiveWeights,
  layerSparsity,
  pathsBetween,
  WeightsError,
  type EffectiveWeights,
  type LayerSparsity,
  type NullComparison,
  type SparsityOptions,
} from '@fovea/interp';
import type { HookedModel } from '@fovea/models';
import { InvalidInputError } from '../input-error.ts';
import type { RunContext, RunEvent, UnitFinding } from '../kind.ts';
import type { SparsityVariant, UnitSparsity } from './evidence.ts';
import { inputDeviations } from './input-deviations.ts';
import { weightSparsitySchema, type WeightSparsityInput, type WeightSparsityResult } from './schema.ts';
import { figuresOf, sparsityVariantOf } from './sparsity-variant.ts';

/** Units told at a time. */
const chunk = 500;

/** @throws InvalidInputError where the input does not fit the model, WeightsError where layers have no weights between them */
export async function* runWeightSparsity(
  input: WeightSparsityInput,
  context: RunContext,
): AsyncGenerator<RunEvent, WeightSparsityResult> {
  const model = await context.loadModel(input.model);
  const issues = weightSparsitySchema.check(input, model);
  if (issues.length > 0) throw new InvalidInputError(issues);
  const layer = model.hookPoint(input.layer).name;
  const from = input.from ?? layerBefore(model, layer);

  const readings = await readingsOf(model, from, layer, input, context);
  const total = readings.length * (1 + input.nulls.length);
  let step = 0;
  const variants: Variant[] = [];
  for (const reading of readings) {
    context.signal.throwIfAborted();
    const trained = await layerSparsity(reading.weights, reading.options);
    yield { type: 'progress', step: ++step, total, loss: null };
    const nulls: NullComparison[] = [];
    for (const kind of input.nulls) {
      const drawing = { repetitions: input.repetitions, seed: context.seed, signal: context.signal };
      nulls.push(await compareWithNull(model, reading.weights, kind, drawing, reading.options));
      yield { type: 'progress', step: ++step, total, loss: null };
    }
    const { path = null, inputScales } = reading.options;
    const variant = { path, weighed: inputScales !== undefined };
    variants.push({ ...variant, trained, told: sparsityVariantOf(trained, nulls, variant) });
  }

  const { weights } = readings[0]!;
  const about = { layer, kind: weightSparsitySchema.name, subject: weights.from };
  const findings = unitFindings(weights.from, input.of, variants);
  for (let start = 0; start < findings.length; start += chunk)
    yield { type: 'units', ...about, units: findings.slice(start, start + chunk) };
  const result: WeightSparsityResult = {
    layer,
    from: weights.from,
    of: input.of,
    units: weights.outputs,
    inputs: weights.inputs,
    repetitions: input.repetitions,
    dataset: input.dataset,
    variants: variants.map(({ told }) => told),
  };
  yield { type: 'layer', ...about, data: result };
  yield provenanceArtifact(model, input, result, context);
  return result;
}

/** Without times of day, so that the same run gives the same bytes. */
function provenanceArtifact(
  { name, digest }: HookedModel,
  input: WeightSparsityInput,
  result: WeightSparsityResult,
  { seed, provenance }: RunContext,
): RunEvent {
  const content = {
    kind: weightSparsitySchema.name,
    kindVersion: weightSparsitySchema.version,
    seed,
    model: { name, digest },
    ...provenance,
    input,
    result,
  };
  const bytes = new TextEncoder().encode(`${JSON.stringify(content, null, 2)}\n`);
  return { type: 'artifact', name: 'provenance.json', mediaType: 'application/json', bytes, parameters: {} };
}

function layerBefore(model: HookedModel, layer: string): string {
  const { before } = adjacentLayers(model, layer);
  if (before !== null) return before;
  throw new WeightsError(
    'NOT_CONNECTED',
    `No layer lies before ${layer} of ${model.name} with weights between`,
  );
}

interface Reading {
  readonly weights: EffectiveWeights;
  readonly options: SparsityOptions;
}

interface Variant extends Pick<SparsityVariant, 'path' | 'weighed'> {
  readonly trained: LayerSparsity;
  readonly told: SparsityVariant;
}

/** All paths summed, then each alone, each as it is and, where a dataset is given, weighed by activity. */
async function readingsOf(
  model: HookedModel,
  from: string,
  layer: string,
  input: WeightSparsityInput,
  context: RunContext,
): Promise<Reading[]> {
  const { of, leaveOutAttention, dataset, images } = input;
  const plain = { of, leaveOutAttention };
  const whole = await effectiveWeights(model, from, layer, plain);
  const paths = input.paths && whole.route === 'composed' ? pathsBetween(model, from, layer) : [];
  const readings: Reading[] = [{ weights: whole, options: plain }];
  for (const path of paths.length > 1 ? paths : []) {
    const options = { ...plain, path };
    readings.push({ weights: await effectiveWeights(model, from, layer, options), options });
  }
  if (dataset === null) return readings;
  const inputScales = await inputDeviations(model, from, await context.loadDataset(dataset), images, context);
  return readings.flatMap(({ weights, options }) => [
    { weights, options },
    { weights, options: { ...options, inputScales } },
  ]);
}

function unitFindings(
  from: string,
  of: WeightSparsityInput['of'],
  variants: readonly Variant[],
): UnitFinding[] {
  return variants[0]!.trained.units.map((measures, channel) => {
    const data: UnitSparsity = {
      from,
      of,
      variants: variants.map(({ path, weighed, trained }) => ({
        path,
        weighed,
        figures: figuresOf(trained.units[channel]!),
      })),
    };
    return {
      channel,
      data,
      measures: Object.fromEntries(
        Object.entries(measures).map(([name, value]) => [`weights.${name}`, value]),
      ),
    };
  });
}
