/** Feeds a model images and looks for the silent errors: wrong value range, dead channels, NaN. */
import { tf } from '@fovea/tensor';
import { NonFiniteActivationsError } from './errors.ts';
import type { HookedModel, HookPoint } from './hooked-model.ts';
import { probeInputs, type ProbeInputs } from './probe-inputs.ts';
import type { SelfTest } from './self-test-result.ts';

/** Above this share of channels that never act, a layer is worth a warning. */
const tolerableDeadShare = 0.5;

/** Below this share of first-layer channels that change sign, the layer sees little but its own biases. */
const leastReactingShare = 0.5;

/** Mean probability of the likeliest class on images of no class, above which the logits are saturated. */
const saturatedProbability = 0.99;

interface LayerStatistics {
  readonly point: HookPoint;
  readonly mean: number;
  /** Per channel, over all images and positions. */
  readonly channelMax: readonly number[];
}

/**
 * Runs the model on the first of `images` ([batch, height, width, 3] in [0, 1]), by default on procedural ones, or on
 * noise where it reads no images.
 * @throws NonFiniteActivationsError, InputShapeError
 */
export async function selfTest(model: HookedModel, images?: tf.Tensor4D): Promise<SelfTest> {
  const inputs = probeInputs(model, images);
  const main = inputs[model.inputs[0]!.name]!;
  try {
    const layers = await layerStatistics(model, inputs);
    return {
      images: main.shape[0],
      input: await valueStatistics(main),
      layers: layers.map(summary),
      warnings: [
        ...(await inputWarnings(model, inputs)),
        ...deadLayerWarnings(layers),
        ...(await logitWarnings(model, inputs)),
      ],
    };
  } finally {
    tf.dispose(inputs);
  }
}

/** One image at a time: a large network then needs the memory of one. */
async function layerStatistics(model: HookedModel, inputs: ProbeInputs): Promise<LayerStatistics[]> {
  const perImage: ReadonlyMap<string, number[][]>[] = [];
  const count = inputs[model.inputs[0]!.name]!.shape[0];
  for (let index = 0; index < count; index++) perImage.push(await channelSummaries(model, inputs, index));
  return model.hookPoints.map((point) => {
    const [maxes, means] = [0, 1].map((row) => perImage.map((image) => image.get(point.name)![row]!));
    const statistics = {
      point,
      mean: average(means!.map(average)),
      channelMax: maxes!.reduce((a, b) => a.map((value, channel) => Math.max(value, b[channel]!))),
    };
    if (!Number.isFinite(statistics.mean)) throw new NonFiniteActivationsError(point.name);
    return statistics;
  });
}

/** Per hook point [2, channels]: maximum and mean over positions. No value is kept longer than the run needs it. */
async function channelSummaries(
  model: HookedModel,
  inputs: ProbeInputs,
  index: number,
): Promise<ReadonlyMap<string, number[][]>> {
  const summaries = new Map<string, tf.Tensor2D>();
  const summarize = (name: string, value: tf.Tensor) => {
    const { channels } = model.hookPoint(name);
    const summary = tf.tidy(() => {
      const positions = value.reshape([-1, channels]);
      return tf.stack([positions.max(0), positions.mean(0)]) as tf.Tensor2D;
    });
    summaries.set(name, tf.keep(summary));
  };
  tf.tidy(() => {
    const input = Object.fromEntries(
      Object.entries(inputs).map(([name, value]) => [name, value.slice(index, 1)]),
    );
    model.run(input, { until: endsOf(model), hook: summarize });
  });
  try {
    return new Map(
      await Promise.all([...summaries].map(async ([name, tensor]) => [name, await tensor.array()] as const)),
    );
  } finally {
    tf.dispose([...summaries.values()]);
  }
}

/** The hook points from which no other is computed. */
function endsOf({ hookPoints }: HookedModel): string[] {
  const sources = new Set(hookPoints.flatMap((point) => point.sources));
  return hookPoints.map(({ name }) => name).filter((name) => !sources.has(name));
}

function summary({ point, mean, channelMax }: LayerStatistics): SelfTest['layers'][number] {
  return {
    name: point.name,
    mean,
    max: Math.max(...channelMax),
    ...(point.kind === 'relu' && { deadChannels: deadChannels(channelMax) }),
  };
}

function deadChannels(channelMax: readonly number[]): number {
  return channelMax.filter((max) => max <= 0).length;
}

function deadLayerWarnings(layers: readonly LayerStatistics[]): string[] {
  return layers
    .filter(({ point }) => point.kind === 'relu')
    .filter(({ channelMax }) => deadChannels(channelMax) > tolerableDeadShare * channelMax.length)
    .map(
      ({ point, channelMax }) =>
        `${deadChannels(channelMax)} of ${channelMax.length} channels of ${point.name} never act on the test images`,
    );
}

/** Too small a range: the first layer's biases decide the sign of most channels, whatever the image. */
async function inputWarnings(model: HookedModel, inputs: ProbeInputs): Promise<string[]> {
  const first = model.hookPoints.find(({ kind, axes }) => kind === 'conv' && axes[0] === 'height');
  if (!first) return [];
  const reacting = tf.tidy(() => {
    const value = model.run(inputs, { until: [first.name] })[first.name] as tf.Tensor4D;
    const inside = withoutBorder(value);
    return tf.logicalAnd(inside.min([0, 1, 2]).less(0), inside.max([0, 1, 2]).greater(0)).sum();
  });
  const count = (await reacting.data())[0]!;
  reacting.dispose();
  if (count >= leastReactingShare * first.channels) return [];
  return [
    `Only ${count} of ${first.channels} channels of ${first.name} change sign with the image: ` +
      'the value range of the preprocessing is probably too small',
  ];
}

/** A convolution that pads sees an edge at the border of any image, even of a uniform one. */
function withoutBorder(value: tf.Tensor4D): tf.Tensor4D {
  const [, height, width] = value.shape;
  const margin = [height, width].map((length) => Math.floor(length / 4));
  return value.slice(
    [0, ...margin, 0],
    [-1, ...[height, width].map((length, axis) => length - 2 * margin[axis]!), -1],
  );
}

/** Too large a range: one class is certain whatever the image. */
async function logitWarnings(model: HookedModel, inputs: ProbeInputs): Promise<string[]> {
  const logits = model.hookPoints.find(({ kind }) => kind === 'logits');
  if (!logits) return [];
  const likeliest = tf.tidy(() => {
    const values = model.run(inputs, { until: [logits.name] })[logits.name] as tf.Tensor2D;
    return values.softmax().max(-1);
  });
  const probability = average([...(await likeliest.data())]);
  likeliest.dispose();
  if (probability <= saturatedProbability) return [];
  return [
    `The likeliest class has a probability of ${probability.toFixed(4)} on the test images: ` +
      'the value range of the preprocessing is probably too large',
  ];
}

async function valueStatistics(values: tf.Tensor): Promise<SelfTest['input']> {
  const statistics = tf.tidy(() => {
    const numbers = values.toFloat();
    const { mean, variance } = tf.moments(numbers);
    return tf.stack([numbers.min(), numbers.max(), mean, variance.sqrt()]);
  });
  const [min, max, mean, std] = await statistics.data();
  statistics.dispose();
  return { min: min!, max: max!, mean: mean!, std: std! };
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
