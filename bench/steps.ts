/** Milliseconds per feature-visualization step, with the defaults of the form: compiled, and on every backend of this machine. */
import { Bench } from 'tinybench';
import { featureVisualizationSchema } from '../packages/experiments/src/feature-visualization/schema.ts';
import { settingsOf } from '../packages/experiments/src/feature-visualization/settings.ts';
import { featureVisualization } from '../packages/interp/src/index.ts';
import type { HookedModel } from '../packages/models/src/index.ts';
import { syntheticModel } from '../packages/models/src/testing/synthetic-model.ts';
import { startBackend, type BackendName } from '../packages/tensor/src/index.ts';
import { backendsHere } from './backends.ts';

export interface StepTime {
  readonly model: string;
  readonly layer: string;
  /** `compiled`, or the backend that runs the step op by op. */
  readonly engine: BackendName | 'compiled';
  /** Median. */
  readonly milliseconds: number;
  /** To the fastest engine on the same model. */
  readonly ratio: number;
}

/** Time does not depend on the weights, so none need to be there. The default network comes first. */
export const benchedModels = ['fovea_mini', 'inception_v3'];

/**
 * One entry for compiled steps and one for each backend of this machine; plain JavaScript is timed on the default
 * network only.
 *
 * @param layer default: the last that joins branches
 */
export async function benchSteps(name: string, layer?: string): Promise<StepTime[]> {
  const times: StepTime[] = [];
  for (const backend of await backendsHere()) {
    if (backend === 'cpu' && name !== benchedModels[0]) continue;
    await startBackend({ force: backend });
    const model = await syntheticModel(name);
    const timed = layer ?? model.hookPoints.findLast(({ kind }) => kind === 'concat')!.name;
    // The compiled step is the same whatever backend stands beside it.
    if (times.length === 0) times.push(await timeSteps(model, timed, 'compiled'));
    times.push(await timeSteps(model, timed, backend));
    model.dispose();
  }
  const fastest = Math.min(...times.map((time) => time.milliseconds));
  return times.map((time) => ({ ...time, ratio: time.milliseconds / fastest }));
}

/** One line for the times of one model. */
export function stepLine(times: readonly StepTime[]): string {
  const { model, layer } = times[0]!;
  const parts = times.map(
    ({ engine, milliseconds, ratio }) => `${engine} ${milliseconds.toFixed(1)} (${ratio.toFixed(1)}×)`,
  );
  return `Milliseconds per feature-visualization step, ${model} ${layer}: ${parts.join(', ')}`;
}

/** Compiling is part of the first steps of each image size, so more of them warm up a compiled run. */
const warmupSteps = { compiled: 40, eager: 1 };

async function timeSteps(
  model: HookedModel,
  layer: string,
  engine: BackendName | 'compiled',
): Promise<StepTime> {
  const input = featureVisualizationSchema.input.parse({
    model: model.name,
    objective: `${layer}:0`,
    previewInterval: 0,
    checkpointInterval: 0,
    steps: 2048,
  });
  const kind = engine === 'compiled' ? 'compiled' : 'eager';
  const events = featureVisualization(model, settingsOf(input), { seed: 0, engine: kind });
  // The first event says that the engine is there.
  await events.next();
  const bench = new Bench({
    time: 2000,
    iterations: 3,
    warmupTime: 0,
    warmupIterations: warmupSteps[kind],
  });
  bench.add(engine, async () => {
    await events.next();
  });
  const [task] = await bench.run();
  await events.return(undefined as never);
  if (task?.result?.state !== 'completed')
    throw new Error(`The steps on ${engine} did not run.`, { cause: task?.result });
  return { model: model.name, layer, engine, milliseconds: task.result.latency.p50, ratio: 1 };
}
