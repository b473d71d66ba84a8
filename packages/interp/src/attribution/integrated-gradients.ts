/**
 * Integrated gradients (Sundararajan, Taly, and Yan, "Axiomatic Attribution for Deep Networks", 2017) at a layer: the
 * gradient's mean along the straight way from a baseline to the layer's value, times the way. The sum of all parts is
 * the metric's change, but for the error of the quadrature.
 */
import type { HookedModel } from '@fovea/models';
import { tf } from '@fovea/tensor';
import { cutBetween, imageInput, runCut, type Cut } from '../cut.ts';
import type { Engine, EngineOptions } from '../execution/engine.ts';
import { startExecution, type Computation, type Execution } from '../execution/execution.ts';
import { layerAxes } from '../layer-axes.ts';
import { metricFeeds, metricOf, type Metric } from './metric.ts';
import { gaussLegendre, midpoints, type Quadrature } from './quadrature.ts';

export interface IntegratedGradientsSettings {
  /** A hook point, or the model's main input by its name. */
  readonly layer: string;
  readonly target: string;
  /** Points on the way. Default: 50, as in Captum. */
  readonly steps?: number;
  /** Default: Gauss and Legendre's. */
  readonly quadrature?: 'gauss-legendre' | 'midpoint';
  /** Points of one run. Default: 8. */
  readonly batch?: number;
}

export interface IntegratedExample {
  /** Of the layer, without batch; preprocessed where the layer is the input. */
  readonly value: Float32Array;
  /** Default: zero. */
  readonly baseline?: Float32Array;
  readonly metric: Metric;
  /** [height, width, channels] in [0, 1]: where the metric depends on it by other ways than through the layer. */
  readonly pixels?: Float32Array;
}

export interface IntegratedGradients {
  /** In the layer's shape. */
  readonly attribution: Float32Array;
  readonly metric: number;
  readonly metricAtBaseline: number;
  /** Sum of the attribution less the metric's change: zero in exact arithmetic with enough steps. */
  readonly convergenceDelta: number;
}

export interface IntegratedGradientsRun extends Disposable {
  readonly engine: Engine;
  run(example: IntegratedExample): Promise<IntegratedGradients>;
}

/** @throws UnknownLayerError, CompileError */
export async function startIntegratedGradients(
  model: HookedModel,
  settings: IntegratedGradientsSettings,
  options: EngineOptions = {},
): Promise<IntegratedGradientsRun> {
  const { steps = 50, batch = 8, quadrature = 'gauss-legendre' } = settings;
  const cut = cutBetween(model, settings.layer, settings.target);
  const execution = await startExecution(pathComputation(model, cut, batch), options);
  const path = withEnds(quadrature === 'midpoint' ? midpoints(steps) : gaussLegendre(steps));
  return {
    engine: execution.engine,
    run: (example) => integrate(model, cut, execution, { example, path, batch }),
    [Symbol.dispose]: () => execution[Symbol.dispose](),
  };
}

/** The metric at some points of the way, and its gradient there, weighted and summed. */
function pathComputation(model: HookedModel, cut: Cut, batch: number): Computation {
  const point = model.hookPoint(cut.target);
  const { units, positions } = layerAxes(point);
  const along = [batch, ...cut.shape.map(() => 1)];
  return {
    model,
    key: ['integrated gradients', cut.layer, cut.target],
    inputs: {
      value: { shape: [1, ...cut.shape] },
      baseline: { shape: [1, ...cut.shape] },
      at: { shape: [batch] },
      weights: { shape: [batch] },
      direction: { shape: [1, units] },
      positions: { shape: [1, positions] },
      ...imageInput(model, cut),
    },
    run({ value, baseline, at, weights, direction, positions: places, image }) {
      const fraction = at!.reshape(along);
      const points = value!.mul(fraction).add(baseline!.mul(tf.sub(1, fraction)));
      let metric: tf.Tensor | undefined;
      const gradient = tf.grad((x) => {
        metric = tf.keep(metricOf(point, runCut(model, cut, x, image), direction!, places!).clone());
        return metric.sum();
      })(points);
      const outputs = { metric: metric!.clone(), gradient: gradient.mul(weights!.reshape(along)).sum(0) };
      tf.dispose(metric!);
      return outputs;
    },
  };
}

async function integrate(
  model: HookedModel,
  { target, shape, needsImage }: Cut,
  execution: Execution,
  { example, path, batch }: { example: IntegratedExample; path: Quadrature; batch: number },
): Promise<IntegratedGradients> {
  const { value, baseline = new Float32Array(value.length), pixels } = example;
  const fixed = {
    value,
    baseline,
    ...metricFeeds(model.hookPoint(target), [example.metric], 1),
    ...(needsImage && pixels && { image: pixels }),
  };
  const gradient = new Float64Array(tf.util.sizeFromShape([...shape]));
  const metrics: number[] = [];
  for (let start = 0; start < path.points.length; start += batch) {
    const part = (list: readonly number[]) =>
      Float32Array.from({ length: batch }, (_, index) => list[start + index] ?? 0);
    const results = await execution.run({ ...fixed, at: part(path.points), weights: part(path.weights) });
    for (const [index, term] of results.gradient!.entries()) gradient[index] = gradient[index]! + term;
    metrics.push(...results.metric!);
  }
  const attribution = Float32Array.from(value, (each, index) => (each - baseline[index]!) * gradient[index]!);
  const [metricAtBaseline, metric] = [metrics[0]!, metrics[1]!];
  const total = attribution.reduce((sum, each) => sum + each, 0);
  return { attribution, metric, metricAtBaseline, convergenceDelta: total - (metric - metricAtBaseline) };
}

/** Baseline and value first: the metric is wanted there, too. */
function withEnds({ points, weights }: Quadrature): Quadrature {
  return { points: [0, 1, ...points], weights: [0, 0, ...weights] };
}
