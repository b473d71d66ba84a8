/** Milliseconds per feature-visualization step, with the defaults of the form, on every backend of this machine. */
import { Bench } from 'tinybench';
import { featureVisualizationSchema } from '../packages/experiments/src/feature-visualization/schema.ts';
import { settingsOf } from '../packages/experiments/src/feature-visualization/settings.ts';
import { featureVisualization } from '../packages/interp/src/index.ts';
import { syntheticModel } from '../packages/models/src/testing/synthetic-model.ts';
import { startBackend, type BackendName } from '../packages/tensor/src/index.ts';
import { backendsHere } from './backends.ts';

export interface StepTime {
  readonly model: string;
  readonly layer: string;
  readonly backend: BackendName;
  /** Median. */
  readonly milliseconds: number;
  /** To the fastest backend on the same model. */
  readonly ratio: number;
}

/** Time does not depend on the weights, so none need to be there. The default network comes first. */
export const benchedModels = ['fovea_mini', 'inception_v3'];

/** One entry for each backend of this machine; plain JavaScript is timed on the default network only. */
export async function benchSteps(model: string): Promise<StepTime[]> {
  const times: StepTime[] = [];
  for (const backend of await backendsHere()) {
    if (backend === 'cpu' && model !== benchedModels[0]) continue;
    times.push(await timeSteps(model, backend));
  }
  const fastest = Math.min(...times.map((time) => time.milliseconds));
  return times.map((time) => ({ ...time, ratio: time.milliseconds / fastest }));
}

/** One line for the times of one model. */
export function stepLine(times: readonly StepTime[]): string {
  const { model, layer } = times[0]!;
  const parts = times.map(
    ({ backend, milliseconds, ratio }) => `${backend} ${milliseconds.toFixed(1)} (${ratio.toFixed(1)}×)`,
  );
  return `Milliseconds per feature-visualization step, ${model} ${layer}: ${parts.join(', ')}`;
}

async function timeSteps(name: string, backend: BackendName): Promise<StepTime> {
  await startBackend({ force: backend });
  const model = await syntheticModel(name);
  const layer = model.hookPoints.findLast(({ kind }) => kind === 'concat')!.name;
  const input = featureVisualizationSchema.input.parse({
    model: name,
    objective: `${layer}:0`,
    previewInterval: 0,
    checkpointInterval: 0,
    steps: 2048,
  });
  const events = featureVisualization(model, settingsOf(input), { seed: 0 });
  const bench = new Bench({ time: 2000, iterations: 3, warmupTime: 0, warmupIterations: 1 });
  bench.add(backend, async () => {
    await events.next();
  });
  const [task] = await bench.run();
  await events.return(undefined as never);
  model.dispose();
  if (task?.result?.state !== 'completed')
    throw new Error(`The steps on ${backend} did not run.`, { cause: task?.result });
  return { model: name, layer, backend, milliseconds: task.result.latency.p50, ratio: 1 };
}
