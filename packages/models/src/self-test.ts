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

/** What one image did, channel by channel. */
interface Observation {
  /** Maximum and mean over positions, by hook point. */
  readonly layers: ReadonlyMap<string, readonly [max: number[], mean: number[]]>;
  /** Minimum and maximum over inner positions of the first convolution, if there is one. */
  readonly first?: readonly [min: number[], max: number[]];
  /** Of the likeliest class, if there are logits. */
  readonly probability?: number;
}

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
    const observations: Observation[] = [];
    // One at a time: a large network then needs the memory of one.
    for (let index = 0; index < main.shape[0]; index++) {
      observations.push(await observe(model, inputs, index));
    }
    const layers = layerStatistics(model, observations);
    return {
      images: main.shape[0],
      input: await valueStatistics(main),
      layers: layers.map(summary),
      warnings: [
        ...firstLayerWarnings(model, observations),
        ...deadLayerWarnings(layers),
        ...logitWarnings(observations),
      ],
    };
  } finally {
    tf.dispose(inputs);
  }
}

/** Reduces each value as it flows by: none is kept longer than the run needs it. */
async function observe(model: HookedModel, inputs: ProbeInputs, index: number): Promise<Observation> {
  const first = firstConvolution(model);
  const logits = model.hookPoints.find(({ kind }) => kind === 'logits');
  const layers = new Map<string, tf.Tensor2D>();
  const others: { first?: tf.Tensor2D; probability?: tf.Scalar } = {};
  const reduce = (name: string, value: tf.Tensor) => {
    layers.set(
      name,
      kept(() => overPositions(value.reshape([-1, model.hookPoint(name).channels]))),
    );
    if (name === first?.name) others.first = kept(() => signs(value as tf.Tensor4D));
    if (name === logits?.name) others.probability = kept(() => value.softmax().max<tf.Scalar>());
  };
  tf.tidy(() => {
    const one = Object.entries(inputs).map(([name, value]) => [name, value.slice(index, 1)] as const);
    model.run(Object.fromEntries(one), { until: endsOf(model), hook: reduce });
  });
  const found = {
    layers: new Map(
      await Promise.all([...layers].map(async ([name, rows]) => [name, await pair(rows)] as const)),
    ),
    first: others.first && (await pair(others.first)),
    probability: await others.probability?.array(),
  };
  tf.dispose([[...layers.values()], others]);
  return found;
}

function kept<T extends tf.Tensor>(compute: () => T): T {
  return tf.keep(tf.tidy(compute));
}

async function pair(rows: tf.Tensor2D): Promise<[number[], number[]]> {
  return (await rows.array()) as [number[], number[]];
}

/** [positions, channels] → [2, channels] */
function overPositions(positions: tf.Tensor2D): tf.Tensor2D {
  return tf.stack([positions.max(0), positions.mean(0)]) as tf.Tensor2D;
}

/** [1, height, width, channels] → [2, channels]. A convolution that pads sees an edge at the border of any image. */
function signs(value: tf.Tensor4D): tf.Tensor2D {
  const [, height, width] = value.shape;
  const [top, left] = [height, width].map((length) => Math.floor(length / 4)) as [number, number];
  const inside = value.slice([0, top, left, 0], [-1, height - 2 * top, width - 2 * left, -1]);
  return tf.stack([inside.min([0, 1, 2]), inside.max([0, 1, 2])]) as tf.Tensor2D;
}

function firstConvolution({ hookPoints }: HookedModel): HookPoint | undefined {
  return hookPoints.find(({ kind, axes }) => kind === 'conv' && axes[0] === 'height');
}

/** The hook points from which no other is computed. */
function endsOf({ hookPoints }: HookedModel): string[] {
  const sources = new Set(hookPoints.flatMap((point) => point.sources));
  return hookPoints.map(({ name }) => name).filter((name) => !sources.has(name));
}

function layerStatistics(model: HookedModel, observations: readonly Observation[]): LayerStatistics[] {
  return model.hookPoints.map((point) => {
    const rows = observations.map(({ layers }) => layers.get(point.name)!);
    const mean = average(rows.map(([, means]) => average(means)));
    if (!Number.isFinite(mean)) throw new NonFiniteActivationsError(point.name);
    return {
      point,
      mean,
      channelMax: extreme(
        Math.max,
        rows.map(([maxima]) => maxima),
      ),
    };
  });
}

/** Channel by channel over images. */
function extreme(choose: (a: number, b: number) => number, images: readonly (readonly number[])[]): number[] {
  return images[0]!.map((_, channel) =>
    images.map((image) => image[channel]!).reduce((a, b) => choose(a, b)),
  );
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
function firstLayerWarnings(model: HookedModel, observations: readonly Observation[]): string[] {
  const rows = observations.flatMap(({ first }) => (first ? [first] : []));
  if (rows.length === 0) return [];
  const minima = extreme(
    Math.min,
    rows.map(([min]) => min),
  );
  const maxima = extreme(
    Math.max,
    rows.map(([, max]) => max),
  );
  const reacting = minima.filter((min, channel) => min < 0 && maxima[channel]! > 0).length;
  if (reacting >= leastReactingShare * minima.length) return [];
  return [
    `Only ${reacting} of ${minima.length} channels of ${firstConvolution(model)!.name} change sign with the image: ` +
      'the value range of the preprocessing is probably too small',
  ];
}

/** Too large a range: one class is certain whatever the image. */
function logitWarnings(observations: readonly Observation[]): string[] {
  const probabilities = observations.flatMap(({ probability }) => probability ?? []);
  if (probabilities.length === 0 || average(probabilities) <= saturatedProbability) return [];
  return [
    `The likeliest class has a probability of ${average(probabilities).toFixed(4)} on the test images: ` +
      'the value range of the preprocessing is probably too large',
  ];
}

async function valueStatistics(values: tf.Tensor): Promise<SelfTest['input']> {
  const statistics = tf.tidy(() => {
    const floats = values.toFloat();
    const { mean, variance } = tf.moments(floats);
    return tf.stack([floats.min(), floats.max(), mean, variance.sqrt()]);
  });
  const [min, max, mean, std] = await statistics.data();
  statistics.dispose();
  return { min: min!, max: max!, mean: mean!, std: std! };
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
