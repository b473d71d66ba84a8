/** Steps of feature visualization as a user's run makes them: what the host draws, loss and gradient, Adam. */
import { featureVisualizationSchema } from '../packages/experiments/src/feature-visualization/schema.ts';
import { settingsOf } from '../packages/experiments/src/feature-visualization/settings.ts';
import { featureVisualization, transformList, type EngineOptions } from '../packages/interp/src/index.ts';
import type { HookedModel } from '../packages/models/src/index.ts';
import { tf } from '../packages/tensor/src/index.ts';
import { loadModel } from './model.ts';
import { repeated, type Body } from './pairs.ts';

export interface StepJob {
  readonly model: string;
  /** Hook point that the objective reads. */
  readonly layer: string;
  readonly channel?: number;
  /** Of the picture, in pixels; default: what the network reads, but 128 at least. */
  readonly side?: number;
  /** Pictures; default: 1. */
  readonly batch?: number;
}

export interface StepBodyOptions extends EngineOptions {
  /** Steps of one timing. */
  readonly steps: number;
}

export type RunningSteps = ReturnType<typeof featureVisualization>;

/** The defaults of the form; as in Lucent, the picture then has its size again after each step's transforms. */
export function startSteps(model: HookedModel, job: StepJob, options: EngineOptions): RunningSteps {
  const side = job.side ?? Math.max(128, model.preprocessing.height);
  const input = featureVisualizationSchema.input.parse({
    model: model.name,
    objective: `${job.layer}:${job.channel ?? 0}`,
    width: side,
    height: side,
    batch: job.batch ?? 1,
    transforms: [
      ...transformList('lucid', { width: side, alpha: false }),
      { type: 'resize', width: side, height: side },
    ],
    // It ends after sixteen steps, and what a run takes is the others.
    redirectedRelu: false,
    steps: 10_000,
    previewInterval: 0,
    checkpointInterval: 0,
  });
  return featureVisualization(model, settingsOf(input), { seed: 0, ...options });
}

/** Warm: the first steps, which compile, are made. Takes the model's life into its own. */
export async function stepBody(job: StepJob, options: StepBodyOptions): Promise<Body> {
  const model = await loadModel(job.model);
  const steps = startSteps(model, job, options);
  const label = options.engine === 'eager' ? `eager, ${tf.getBackend()}` : 'compiled';
  // The first event says that the engine is there, the others that a step was made.
  for (let event = 0; event < warmEvents[options.engine ?? 'compiled']; event++) await step(steps);
  return repeated(
    label,
    options.steps,
    () => step(steps),
    async () => {
      await steps.return(undefined as never);
      model.dispose();
    },
  );
}

async function step(steps: RunningSteps): Promise<void> {
  const { done } = await steps.next();
  if (done) throw new Error('The steps ended before they were measured');
}

const warmEvents = { compiled: 8, eager: 2 };
