/**
 * How much each part of a layer contributes to a metric, to first order: activation times gradient (Olah et al., "The
 * Building Blocks of Interpretability", 2018), for each value, or summed over units (spatial attribution) or over
 * positions (channel attribution).
 */
import { gradientsAt, type HookedModel, type HookPoint } from '@fovea/models';
import { tf, type Feeds } from '@fovea/tensor';
import { imageShape } from '../cut.ts';
import type { Engine, EngineOptions } from '../execution/engine.ts';
import { startExecution, type Computation, type Results } from '../execution/execution.ts';
import { layerAxes, unitsByPositions } from '../layer-axes.ts';
import { metricFeeds, metricOf, type Metric } from './metric.ts';

const parts = {
  activation: ({ activation }) => activation.clone(),
  gradient: ({ gradient }) => gradient.clone(),
  /** Activation times gradient. */
  product: ({ activation, gradient }) => activation.mul(gradient),
  /** The product summed over units: [positions]. */
  byPosition: (at, point) => byUnitsAndPositions(at, point).sum(1),
  /** The product summed over positions: [units]. */
  byUnit: (at, point) => byUnitsAndPositions(at, point).sum(2),
} as const satisfies Record<string, (at: AtLayer, point: HookPoint) => tf.Tensor>;

/** What can be had of a layer: in the layer's shape unless said otherwise. */
export type AttributionPart = keyof typeof parts;

interface AtLayer {
  readonly activation: tf.Tensor;
  readonly gradient: tf.Tensor;
}

export interface AttributionSettings<Part extends AttributionPart = AttributionPart> {
  /** Hook points at which to attribute. */
  readonly layers: readonly string[];
  /** The hook point of the metric. */
  readonly target: string;
  readonly give: readonly Part[];
  /** Examples of one run. Default: 1. */
  readonly batch?: number;
}

export interface AttributedExample {
  /** [height, width, channels] in [0, 1], of the size that the model's preprocessing names. */
  readonly pixels: Float32Array;
  readonly metric: Metric;
}

export interface Attribution<Part extends AttributionPart> {
  readonly metric: number;
  /** By layer as it was asked for, and by part. */
  readonly layers: Readonly<Record<string, Readonly<Record<Part, Float32Array>>>>;
}

export interface AttributionRun<Part extends AttributionPart> extends Disposable {
  readonly engine: Engine;
  /**
   * One attribution for each example, of which there may be as many as the batch holds.
   * @throws MetricError
   */
  run(examples: readonly AttributedExample[]): Promise<Attribution<Part>[]>;
}

/**
 * One computation serves every unit and every class of a target, because directions are fed to it.
 * @throws UnknownLayerError, NoGradientError, CompileError
 */
export async function startAttribution<Part extends AttributionPart>(
  model: HookedModel,
  settings: AttributionSettings<Part>,
  options: EngineOptions = {},
): Promise<AttributionRun<Part>> {
  const execution = await startExecution(attributionComputation(model, settings), options);
  return {
    engine: execution.engine,
    async run(examples) {
      const results = await execution.run(feedsOf(model, examples, settings));
      return examples.map((_, index) => attributionOf(results, index, settings));
    },
    [Symbol.dispose]: () => execution[Symbol.dispose](),
  };
}

function attributionComputation(
  model: HookedModel,
  { layers, target, give, batch = 1 }: AttributionSettings,
): Computation {
  const point = model.hookPoint(target);
  const { units, positions } = layerAxes(point);
  return {
    model,
    key: ['attribution', layers, target, give],
    inputs: {
      image: { shape: [batch, ...imageShape(model)] },
      direction: { shape: [batch, units] },
      positions: { shape: [batch, positions] },
    },
    run({ image, direction, positions: places }) {
      const kept: Record<string, tf.Tensor> = {};
      const keep = (name: string, tensor: tf.Tensor) => (kept[name] = tf.keep(tensor.clone()));
      const { value, gradients } = gradientsAt(
        model,
        model.preprocess(image as tf.Tensor4D),
        layers,
        (values) => {
          for (const name of layers) keep(`activation ${name}`, values[name]!);
          return keep('metric', metricOf(point, values[target]!, direction!, places!)).sum<tf.Scalar>();
        },
        { until: [...new Set([...layers, target])] },
      );
      const outputs = layers.flatMap((name) => {
        const at = {
          activation: kept[`activation ${name}`]!,
          gradient: gradients[model.hookPoint(name).name]!,
        };
        return give.map((part) => [`${part} ${name}`, parts[part](at, model.hookPoint(name))] as const);
      });
      const metric = kept.metric!.clone();
      tf.dispose([value, gradients, kept]);
      return { metric, ...Object.fromEntries(outputs) };
    },
  };
}

function byUnitsAndPositions({ activation, gradient }: AtLayer, point: HookPoint): tf.Tensor3D {
  return unitsByPositions(activation.mul(gradient), layerAxes(point));
}

function feedsOf(
  model: HookedModel,
  examples: readonly AttributedExample[],
  { target, batch = 1 }: AttributionSettings,
): Feeds {
  const size = tf.util.sizeFromShape(imageShape(model));
  const image = new Float32Array(batch * size);
  for (const [index, { pixels }] of examples.entries()) image.set(pixels, index * size);
  const metrics = examples.map(({ metric }) => metric);
  return { image, ...metricFeeds(model.hookPoint(target), metrics, batch) };
}

function attributionOf<Part extends AttributionPart>(
  results: Results,
  index: number,
  { layers, give, batch = 1 }: AttributionSettings<Part>,
): Attribution<Part> {
  const ofExample = (values: Float32Array) => {
    const size = values.length / batch;
    return values.slice(index * size, (index + 1) * size);
  };
  const partsOf = (layer: string) =>
    Object.fromEntries(give.map((part) => [part, ofExample(results[`${part} ${layer}`]!)])) as Record<
      Part,
      Float32Array
    >;
  return {
    metric: results.metric![index]!,
    layers: Object.fromEntries(layers.map((layer) => [layer, partsOf(layer)])),
  };
}
