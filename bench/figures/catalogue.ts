import { availableParallelism } from 'node:os';
import type { Figure } from '../figure.ts';
import type { StepJob } from '../step-body.ts';
import { startStepProcess } from '../step-process.ts';

const stepsOfPicture = 512;
const seconds = 20;

/** Pictures in an hour with all cores at work: one process on each with one thread, against one process on all. */
export function catalogueFigure(model: string, layer: string): Figure {
  const cores = availableParallelism();
  const job = { model, layer };
  return {
    name: `catalogue:${model}:${layer}`,
    title: `Pictures in an hour, ${stepsOfPicture} steps each, ${model} ${layer}`,
    async measure() {
      const spread = await picturesPerHour(job, cores, 1);
      const joined = await picturesPerHour(job, 1, cores);
      return {
        ours: { what: `${cores} processes of 1 thread`, value: spread, unit: '/ h' },
        reference: { what: `1 process of ${cores} threads`, value: joined, unit: '/ h' },
        ratio: spread / joined,
        ratioOf: 'ours / reference',
        note: `Extrapolated from ${seconds} s of steps with all ${cores} cores in use; loading the network and compiling, once for a layer, are not in it`,
      };
    },
  };
}

async function picturesPerHour(job: StepJob, count: number, threads: number): Promise<number> {
  using stack = new DisposableStack();
  const starting = Array.from({ length: count }, () =>
    startStepProcess({ job, engine: 'compiled', threads }),
  );
  const processes = await Promise.all(starting);
  for (const running of processes) stack.use(running);
  const reports = await Promise.all(processes.map((running) => running.run(seconds)));
  const stepsPerSecond = reports.reduce((sum, report) => sum + report.steps / report.seconds, 0);
  return (3600 * stepsPerSecond) / stepsOfPicture;
}
