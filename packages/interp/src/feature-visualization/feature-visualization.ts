/**
 * Feature visualization: the image that a unit responds to, found by following the gradient of its activation.
 * https://distill.pub/2017/feature-visualization
 */
import type { HookedModel } from '@fovea/models';
import { randomFor, tf } from '@fovea/tensor';
import type { Engine, EngineOptions } from '../execution/engine.ts';
import { optimizerOf } from '../optimizer/build.ts';
import { parametrizationOf } from '../parametrization/build.ts';
import {
  sizeOf,
  type ImageShape,
  toTensors,
  type ParameterArray,
  type Parametrization,
} from '../parametrization/parametrization.ts';
import { startStep } from './engine.ts';
import { decodeCheckpoint, encodeCheckpoint, type RunState, type Trace } from './checkpoint.ts';
import { diagnose, tinyGradient, type Finding, type LayerActivity } from './diagnosis.ts';
import { nonFiniteLoss } from './non-finite-loss.ts';
import type { FeatureVisualizationSettings } from './settings.ts';
import type { Step } from './step.ts';

/** [batch, height, width, channels], in [0, 1]; the fourth channel, if any, is alpha. */
export interface Picture {
  readonly shape: ImageShape;
  readonly values: Float32Array;
}

export type FeatureVisualizationEvent =
  /** First of all. */
  | { readonly type: 'engine'; readonly engine: Engine }
  /** `step` updates of `total` are made; `objective` was measured before the last one. */
  | { readonly type: 'progress'; readonly step: number; readonly total: number; readonly objective: number }
  /** After update `step`, counted from 0. */
  | {
      readonly type: 'picture';
      readonly reason: 'preview' | 'threshold';
      readonly step: number;
      readonly picture: Picture;
    }
  | { readonly type: 'checkpoint'; readonly step: number; readonly bytes: Uint8Array };

export interface FeatureVisualizationResult {
  readonly engine: Engine;
  readonly picture: Picture;
  /** MaCo only: Σ over steps of |gradient by the picture|, in the picture's shape. */
  readonly transparency: Picture | null;
  readonly trace: Trace;
  readonly findings: readonly Finding[];
}

export interface RunControl extends EngineOptions {
  readonly seed: number;
  /** Looked at between steps. */
  readonly signal?: AbortSignal;
  /** Of an earlier attempt with the same model, settings and seed: the result is the same bit for bit. */
  readonly checkpoint?: Uint8Array;
}

/**
 * Makes `settings.steps` updates and reports on the way. The same model, settings and seed on the same backend
 * give the same bytes.
 * @throws NonFiniteLossError, ImageTooSmallError, CheckpointMismatchError; the signal's reason when aborted
 */
export async function* featureVisualization(
  model: HookedModel,
  settings: FeatureVisualizationSettings,
  { seed, signal, checkpoint, ...engineOptions }: RunControl,
): AsyncGenerator<FeatureVisualizationEvent, FeatureVisualizationResult> {
  const channels = model.preprocessing.mean.length;
  const parametrization = parametrizationOf({ ...settings.parametrization, channels });
  const keepsTransparency = settings.parametrization.kind === 'maco';
  const optimizer = optimizerOf(settings.optimizer.name, settings.optimizer.learningRate);
  const initial = parametrization.initial(randomFor(seed, 0, 'parameters'));
  const definition = { model, settings, parametrization, seed, imageGradient: keepsTransparency };
  const { step, engine } = await startStep(definition, initial, engineOptions);
  yield { type: 'engine', engine };
  const firstActivity = await layerActivity(step, initial);

  const state: RunState = checkpoint
    ? decodeCheckpoint(checkpoint, initial)
    : {
        parameters: initial.map(({ shape, values }) => ({ shape, values: values.slice() })),
        memory: optimizer.initial(initial.map(({ values }) => values.length)),
        transparency: new Float32Array(keepsTransparency ? sizeOf(parametrization.shape) : 0),
        trace: null,
      };
  const { parameters, memory, transparency } = state;
  let { trace } = state;

  for (let index = trace?.steps ?? 0; index < settings.steps; index++) {
    signal?.throwIfAborted();
    const evaluation = await step.evaluate(parameters, index);
    const largestGradient = Math.max(...evaluation.gradients.map(largestAbsolute));
    if (!Number.isFinite(evaluation.objective) || !Number.isFinite(largestGradient))
      throw await nonFiniteLoss(index, evaluation.objective, parameters, parametrization, step);
    optimizer.step(
      parameters.map(({ values }) => values),
      evaluation.gradients,
      memory,
      index + 1,
    );
    addAbsolute(transparency, evaluation.imageGradient);
    trace = extendTrace(trace, evaluation.objective, largestGradient);

    yield { type: 'progress', step: index + 1, total: settings.steps, objective: evaluation.objective };
    for (const reason of picturesDue(settings, index))
      yield { type: 'picture', reason, step: index, picture: await pictureOf(parametrization, parameters) };
    if (isDue(settings.checkpointInterval, index) && index + 1 < settings.steps)
      yield {
        type: 'checkpoint',
        step: index + 1,
        bytes: encodeCheckpoint({ parameters, memory, transparency, trace }),
      };
    // The event loop gets its turn, so that an abort arrives within one step.
    await tf.nextFrame();
  }
  signal?.throwIfAborted();

  if (!trace) throw new RangeError(`A feature visualization needs at least one step, not ${settings.steps}`);
  const picture = await pictureOf(parametrization, parameters);
  const activity = { first: firstActivity, last: await layerActivity(step, parameters) };
  return {
    engine,
    picture,
    transparency: keepsTransparency ? { shape: parametrization.shape, values: transparency } : null,
    trace,
    findings: diagnose(model, settings.gradients, trace, picture.values, activity),
  };
}

function picturesDue(
  { thresholds = [], previewInterval, steps }: FeatureVisualizationSettings,
  index: number,
) {
  const due: ('preview' | 'threshold')[] = [];
  if (thresholds.includes(index)) due.push('threshold');
  if (isDue(previewInterval, index) || (previewInterval && index + 1 === steps)) due.push('preview');
  return due;
}

function isDue(interval: number | undefined, index: number): boolean {
  return !!interval && (index + 1) % interval === 0;
}

function extendTrace(trace: Trace | null, objective: number, largestGradient: number): Trace {
  return {
    steps: (trace?.steps ?? 0) + 1,
    objective: {
      first: trace?.objective.first ?? objective,
      last: objective,
      best: Math.max(trace?.objective.best ?? objective, objective),
    },
    zeroGradientSteps: (trace?.zeroGradientSteps ?? 0) + (largestGradient === 0 ? 1 : 0),
    tinyGradientSteps: (trace?.tinyGradientSteps ?? 0) + (largestGradient < tinyGradient ? 1 : 0),
  };
}

async function pictureOf(
  parametrization: Parametrization,
  parameters: readonly ParameterArray[],
): Promise<Picture> {
  const tensor = tf.tidy(() => parametrization.image(toTensors(parameters)));
  const values = await tensor.data<'float32'>();
  tensor.dispose();
  return { shape: parametrization.shape, values };
}

async function layerActivity(step: Step, parameters: readonly ParameterArray[]): Promise<LayerActivity[]> {
  const largest = tf.tidy(() => {
    const layers = Object.entries(step.activations(toTensors(parameters)));
    return layers.map(([layer, value]) => ({ layer, max: tf.max(value) }));
  });
  return Promise.all(
    largest.map(async ({ layer, max }) => {
      const [value] = await max.data();
      max.dispose();
      return { layer, max: value! };
    }),
  );
}

/** Not finite where a value is not. */
function largestAbsolute(values: Float32Array): number {
  let largest = 0;
  // An index, since iterators take ten times as long here.
  for (let index = 0; index < values.length; index++) {
    const size = Math.abs(values[index]!);
    if (!(size <= largest)) largest = size;
    if (!Number.isFinite(size)) break;
  }
  return largest;
}

function addAbsolute(sum: Float32Array, values: Float32Array): void {
  for (let index = 0; index < sum.length; index++) sum[index] = sum[index]! + Math.abs(values[index]!);
}
