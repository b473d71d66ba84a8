/** A network of ours against the record of a reference implementation, on the same synthetic weights. */
import { tf } from '@fovea/tensor';
import { resolveAlias } from '../naming.ts';
import type { Match } from '../checkpoint-match.ts';
import { UnknownLayerError } from '../errors.ts';
import type { Weights } from '../graph.ts';
import type { InputSpec } from '../hooked-model.ts';
import { runNetwork } from '../run-network.ts';
import { disposeWeights, readWeights } from '../weights.ts';
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

type Inputs = Readonly<Record<string, tf.Tensor>>;

/**
 * Compares every activation, output and gradient of a fixture, on the engine that is running. Where nothing in
 * it tells two variants apart, the result is that of the first that agrees.
 * @throws UnknownArchitectureError, CheckpointMismatchError, UnsupportedConfigurationError
 */
export async function compareWithFixture(fixture: Fixture): Promise<ParityResult> {
  const results: ParityResult[] = [];
  for (const match of matchesOf(fixture)) {
    const result = await compareMatch(fixture, match);
    if (result.failed === 0) return result;
    results.push(result);
  }
  return results.toSorted((a, b) => a.failed - b.failed)[0]!;
}

async function compareMatch(fixture: Fixture, match: Match): Promise<ParityResult> {
  const { network, naming, variant } = match;
  const weights = await readWeights(
    network.tensors,
    syntheticCheckpoint(Object.entries(fixture.tensors)),
    naming,
  );
  const inputs = inputsOf(fixture, network.inputs);
  try {
    const { rows, layouts } = await compareValues(fixture, match, weights, inputs);
    const title = `${fixture.architecture} (${fixture.reference}) as ${variant.name}`;
    return parityResult(title, [
      ...rows,
      ...(await compareGradient(fixture, match, weights, inputs, layouts)),
    ]);
  } finally {
    disposeWeights(weights);
    tf.dispose(inputs);
  }
}

async function compareValues(
  { activations, output }: Fixture,
  match: Match,
  weights: Weights,
  inputs: Inputs,
): Promise<{ rows: ParityRow[]; layouts: ReadonlyMap<string, Layout> }> {
  const references = Object.entries({ ...activations, ...output });
  const hookNames = new Map(references.map(([name]) => [name, hookNameOf(match, name)]));
  const until = [...new Set([...hookNames.values()].filter((name) => name !== undefined))];
  const values = runNetwork(match.network, weights, inputs, { until });
  const layouts = new Map<string, Layout>();
  const rows: ParityRow[] = [];
  for (const [name, reference] of references) {
    const hookName = hookNames.get(name);
    if (hookName === undefined) {
      rows.push(problemRow(name, unknownLayer(match, name)));
      continue;
    }
    const compared = await compareValue(
      values[hookName]!,
      match.network.hooks.get(hookName)!.axes,
      reference,
    );
    if (!compared) {
      rows.push(problemRow(name, wrongShape(hookName, values[hookName]!, reference)));
      continue;
    }
    layouts.set(name, compared.layout);
    rows.push(row(name, compared.deviation, activationTolerance));
  }
  tf.dispose(values);
  return { rows, layouts };
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
  weights: Weights,
  inputs: Inputs,
  layouts: ReadonlyMap<string, Layout>,
): Promise<ParityRow[]> {
  const { gradient, activations } = fixture;
  if (!gradient) return [];
  const { layer, channel, channel_axis } = gradient.objective;
  const objectiveName = `mean of ${layer}:${channel}`;
  const hookName = hookNameOf(match, layer);
  if (hookName === undefined) return [problemRow(objectiveName, unknownLayer(match, layer))];

  const main = match.network.inputs[0]!.name;
  const { axes } = match.network.hooks.get(hookName)!;
  const valueAt = (input: tf.Tensor) =>
    runNetwork(match.network, weights, { ...inputs, [main]: input }, { until: [hookName] })[hookName]!;
  const arranged = (value: tf.Tensor): tf.Tensor[] => {
    const known = layouts.get(layer);
    if (known) return [arrange(value, known, activations[layer]!.shape)];
    return usualShapes(value.shape, axes).map((shape) =>
      arrange(value, layoutsFor(value.shape, axes, shape)[0]!, shape),
    );
  };
  const objectives = (input: tf.Tensor): tf.Tensor[] =>
    arranged(valueAt(input)).map((value) => channelOf(value, channel_axis, channel).mean());
  const likeliest = await nearest(objectives, inputs[main]!, gradient.value);
  const { value, grad } = tf.valueAndGrad((input) => objectives(input)[likeliest]!)(inputs[main]!);
  const compared = await compareValue(grad, match.network.inputs[0]!.axes, gradient.input_gradient);
  const [ours] = await value.data();
  tf.dispose([value, grad]);
  const scale = Math.max(Math.abs(gradient.value), activations[layer]?.absmax ?? 0);
  const gradientName = `gradient of ${objectiveName}`;
  return [
    row(objectiveName, shareOf(Math.abs(ours! - gradient.value), scale), activationTolerance),
    compared
      ? row(gradientName, compared.deviation, gradientTolerance)
      : problemRow(gradientName, wrongShape(main, grad, gradient.input_gradient)),
  ];
}

/** Which of the objectives comes nearest to the recorded value. */
async function nearest(
  objectives: (input: tf.Tensor) => tf.Tensor[],
  input: tf.Tensor,
  recorded: number,
): Promise<number> {
  const values = tf.tidy(() => objectives(input));
  const distances = await Promise.all(
    values.map(async (value) => Math.abs((await value.data())[0]! - recorded)),
  );
  tf.dispose(values);
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
function inputsOf(fixture: Fixture, specs: readonly InputSpec[]): Inputs {
  const inputs: Record<string, tf.Tensor> = {};
  const [main] = specs;
  if (fixture.input) inputs[main!.name] = mainInput(fixture, fixture.input);
  for (const [role, { name, shape }] of syntheticInputs(fixture)) {
    const spec = specs.find((spec) => spec.name === role);
    const values = tf.tensor(syntheticInput(name, shape), shape);
    inputs[role] = spec?.axes[0] === 'height' ? channelsLast(values) : values;
  }
  if (fixture.input_ids) inputs.tokens = tf.tensor2d(fixture.input_ids, undefined, 'int32');
  if (fixture.timestep !== undefined) inputs.timestep = tf.tensor1d([fixture.timestep].flat());
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
