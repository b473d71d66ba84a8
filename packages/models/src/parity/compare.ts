/** A network of ours against the record of a reference implementation, on the same synthetic weights. */
import { tf } from '@fovea/tensor';
import type { Match } from '../checkpoint-match.ts';
import { UnknownLayerError } from '../errors.ts';
import type { Weights } from '../graph.ts';
import type { InputSpec } from '../hooked-model.ts';
import { resolveAlias } from '../naming.ts';
import { inputsFor, tensorsFor } from '../network.ts';
import { runNetwork } from '../run-network.ts';
import { disposeWeights, readWeights } from '../weights.ts';
import { eagerly, type Evaluate } from './evaluate.ts';
import { syntheticInputs, type Fixture } from './fixture.ts';
import { matchesOf } from './fixture-network.ts';
import { arrange, layoutsFor, usualShapes, type Layout } from './layout.ts';
import {
  activationTolerance,
  gradientTolerance,
  parityResult,
  problemRow,
  row,
  type ParityResult,
  type ParityRow,
} from './result.ts';
import { deviation, shareOf, type Summary } from './summary.ts';
import { syntheticCheckpoint } from './synthetic-checkpoint.ts';
import { syntheticInput } from './synthetic-tensor.ts';

type Tensors = Readonly<Record<string, tf.Tensor>>;

/**
 * Compares every activation, output and gradient of a fixture. Where nothing in it tells two variants apart, the
 * result is that of the first that agrees.
 * @throws UnknownArchitectureError, CheckpointMismatchError, UnsupportedConfigurationError
 */
export async function compareWithFixture(
  fixture: Fixture,
  evaluate: Evaluate = eagerly,
): Promise<ParityResult> {
  const results: ParityResult[] = [];
  for (const match of matchesOf(fixture)) {
    const result = await compareMatch(fixture, match, evaluate);
    if (result.failed === 0) return result;
    results.push(result);
  }
  return results.toSorted((a, b) => a.failed - b.failed)[0]!;
}

async function compareMatch(fixture: Fixture, match: Match, evaluate: Evaluate): Promise<ParityResult> {
  const inputs = inputsOf(fixture, match.network.inputs);
  try {
    const { rows, layouts } = await compareValues(fixture, match, inputs, evaluate);
    const title = `${fixture.architecture} (${fixture.reference}) as ${match.variant.name}`;
    return parityResult(title, [
      ...rows,
      ...(await compareGradient(fixture, match, inputs, layouts, evaluate)),
    ]);
  } finally {
    tf.dispose({ ...inputs });
  }
}

/** What `use` makes of a network with just those weights on which the hook points depend. */
async function withWeights<Result>(
  { tensors }: Fixture,
  { network, naming }: Match,
  hookNames: readonly string[],
  use: (weights: Weights) => Promise<Result>,
): Promise<Result> {
  const checkpoint = syntheticCheckpoint(Object.entries(tensors));
  const weights = await readWeights(tensorsFor(network, hookNames), checkpoint, naming);
  try {
    return await use(weights);
  } finally {
    disposeWeights(weights);
  }
}

async function compareValues(
  fixture: Fixture,
  match: Match,
  inputs: Tensors,
  evaluate: Evaluate,
): Promise<{ rows: ParityRow[]; layouts: ReadonlyMap<string, Layout> }> {
  const references = Object.entries({ ...fixture.activations, ...fixture.output });
  const hookNames = new Map(references.map(([name]) => [name, hookNameOf(match, name)]));
  const layouts = new Map<string, Layout>();
  const rows = new Map<string, ParityRow>();
  // Towers that share no input are computed apart: only one of them needs to fit into memory.
  for (const until of byInputs(match, [...hookNames.values()])) {
    const values = await withWeights(fixture, match, until, (weights) =>
      evaluate(
        (given) => runNetwork(match.network, weights, given, { until }),
        neededFor(match, until[0]!, inputs),
      ),
    );
    for (const [name, reference] of references) {
      const hookName = hookNames.get(name);
      if (hookName === undefined || !until.includes(hookName)) continue;
      const { axes } = match.network.hooks.get(hookName)!;
      const compared = await compareValue(values[hookName]!, axes, reference);
      if (compared) layouts.set(name, compared.layout);
      rows.set(
        name,
        compared
          ? row(name, compared.deviation, activationTolerance)
          : problemRow(name, wrongShape(hookName, values[hookName]!, reference)),
      );
    }
    tf.dispose({ ...values });
  }
  const inOrder = references.map(([name]) => rows.get(name) ?? problemRow(name, unknownLayer(match, name)));
  return { rows: inOrder, layouts };
}

function neededFor({ network }: Match, hookName: string, inputs: Tensors): Tensors {
  return Object.fromEntries(inputsFor(network, hookName).map((name) => [name, inputs[name]!]));
}

/** Hook points that depend on the same inputs, together. */
function byInputs({ network }: Match, hookNames: readonly (string | undefined)[]): string[][] {
  const known = new Set(hookNames.filter((name) => name !== undefined));
  return [...Map.groupBy(known, (name) => inputsFor(network, name).join()).values()];
}

/** In the layout in which it agrees best, where the recorded shape leaves a choice. */
async function compareValue(
  value: tf.Tensor,
  axes: InputSpec['axes'],
  reference: Summary,
): Promise<{ layout: Layout; deviation: number } | undefined> {
  const compared: { layout: Layout; deviation: number }[] = [];
  for (const layout of layoutsFor(value.shape, axes, reference.shape)) {
    const arranged = arrange(value, layout, reference.shape);
    compared.push({ layout, deviation: deviation(await arranged.data(), reference) });
    arranged.dispose();
  }
  return compared.toSorted((a, b) => a.deviation - b.deviation)[0];
}

/** Of the mean of one channel of one layer, with respect to the main input. */
async function compareGradient(
  fixture: Fixture,
  match: Match,
  inputs: Tensors,
  layouts: ReadonlyMap<string, Layout>,
  evaluate: Evaluate,
): Promise<ParityRow[]> {
  const { gradient, activations } = fixture;
  if (!gradient) return [];
  const { layer, channel, channel_axis } = gradient.objective;
  const objectiveName = `mean of ${layer}:${channel}`;
  const hookName = hookNameOf(match, layer);
  if (hookName === undefined) return [problemRow(objectiveName, unknownLayer(match, layer))];

  const { network } = match;
  const needed = neededFor(match, hookName, inputs);
  const main = network.inputs[0]!;
  const { axes } = network.hooks.get(hookName)!;
  const arranged = (value: tf.Tensor): tf.Tensor[] => {
    const known = layouts.get(layer);
    if (known) return [arrange(value, known, activations[layer]!.shape)];
    return usualShapes(value.shape, axes).map((shape) =>
      arrange(value, layoutsFor(value.shape, axes, shape)[0]!, shape),
    );
  };
  const computed = await withWeights(fixture, match, [hookName], async (weights) => {
    const objectives = (given: Tensors): tf.Tensor[] =>
      arranged(runNetwork(network, weights, given, { until: [hookName] })[hookName]!).map((value) =>
        channelOf(value, channel_axis, channel).mean(),
      );
    const likeliest = await nearest(
      await evaluate((given) => Object.fromEntries(objectives(given).entries()), needed),
      gradient.value,
    );
    return evaluate((given) => {
      const differentiated = tf.valueAndGrad(
        (input) => objectives({ ...given, [main.name]: input })[likeliest]!,
      );
      return { ...differentiated(given[main.name]!) };
    }, needed);
  });
  const { value, grad } = computed as { value: tf.Tensor; grad: tf.Tensor };
  const compared = await compareValue(grad, main.axes, gradient.input_gradient);
  const [ours] = await value.data();
  tf.dispose([value, grad]);
  const scale = Math.max(Math.abs(gradient.value), activations[layer]?.absmax ?? 0);
  const gradientName = `gradient of ${objectiveName}`;
  return [
    row(objectiveName, shareOf(Math.abs(ours! - gradient.value), scale), activationTolerance),
    compared
      ? row(gradientName, compared.deviation, gradientTolerance)
      : problemRow(gradientName, wrongShape(main.name, grad, gradient.input_gradient)),
  ];
}

/** Which of the objectives, by their places, comes nearest to the recorded value. */
async function nearest(objectives: Tensors, recorded: number): Promise<number> {
  const values = await Promise.all(Object.values(objectives).map((value) => value.data()));
  tf.dispose({ ...objectives });
  const distances = values.map(([value]) => Math.abs(value! - recorded));
  return distances.indexOf(Math.min(...distances));
}

function channelOf(value: tf.Tensor, axis: number, channel: number): tf.Tensor {
  const begin = value.shape.map((_, each) => (each === axis ? channel : 0));
  return value.slice(
    begin,
    value.shape.map((length, each) => (each === axis ? 1 : length)),
  );
}

/** What a recording of the module held in the end, then our own hook points, then what a module stands for. */
function hookNameOf({ network, naming }: Match, name: string): string | undefined {
  const { overwritten = [], aliases = [] } = naming;
  const found = [resolveAlias(overwritten, name), name, resolveAlias(aliases, name)];
  return found.find((each) => each !== undefined && network.hooks.has(each));
}

/** The main input by its place, the others by their names; in the order of our axes. */
function inputsOf(fixture: Fixture, specs: readonly InputSpec[]): Tensors {
  const inputs: Record<string, tf.Tensor> = {};
  const [main] = specs;
  if (fixture.input) inputs[main!.name] = mainInput(fixture, fixture.input);
  for (const [role, { name, shape }] of syntheticInputs(fixture)) {
    const spec = specs.find((spec) => spec.name === role);
    const values = tf.tensor(syntheticInput(name, shape), shape);
    inputs[role] = spec?.axes[0] === 'height' ? channelsLast(values) : values;
  }
  if (fixture.input_ids) inputs.tokens = tf.tensor2d(fixture.input_ids, undefined, 'int32');
  if (fixture.timestep !== undefined) {
    const batch = fixture.input?.shape[0] ?? 1;
    const given = [fixture.timestep].flat();
    inputs.timestep = tf.tensor1d(given.length === 1 ? Array<number>(batch).fill(given[0]!) : given);
  }
  return inputs;
}

function mainInput({ architecture }: Fixture, { name, shape }: { name: string; shape: number[] }): tf.Tensor {
  // The range of the 2014 TensorFlow graph, whose local response normalisation is not linear.
  const scale = architecture === 'inception_v1' ? 117 : 1;
  return tf.tidy(() => channelsLast(tf.tensor(syntheticInput(name, shape), shape).mul(scale)));
}

function channelsLast(image: tf.Tensor): tf.Tensor {
  const transposed = tf.tidy(() => image.transpose([0, 2, 3, 1]));
  image.dispose();
  return transposed;
}

function unknownLayer({ network, variant }: Match, name: string): string {
  return new UnknownLayerError(variant.name, name, [...network.hooks.keys()]).message;
}

function wrongShape(name: string, { shape }: tf.Tensor, reference: Summary): string {
  return `${name} is [${shape.join(', ')}], which cannot be arranged as [${reference.shape.join(', ')}]`;
}
