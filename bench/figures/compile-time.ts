import type { Figure } from '../figure.ts';
import { loadModel } from '../model.ts';
import { median } from '../pairs.ts';
import { startSteps } from '../step-body.ts';

/** From nothing to a session: trace, simplify, lower, open. Against the steps that it then makes. */
export function compileFigure(model: string, layer: string): Figure {
  return {
    name: `compile:${model}:${layer}`,
    title: `Compiling a step, ${model} ${layer}`,
    async measure() {
      const compileTimes: number[] = [];
      const stepTimes: number[] = [];
      for (let repeat = 0; repeat < 3; repeat++) {
        // A compiled function belongs to its model, so a new one compiles anew.
        const loaded = await loadModel(model);
        const steps = startSteps(loaded, { model, layer }, { engine: 'compiled' });
        compileTimes.push(await timeOf(() => steps.next()));
        for (let step = 0; step < 13; step++) {
          const time = await timeOf(() => steps.next());
          if (step >= 3) stepTimes.push(time);
        }
        await steps.return(undefined as never);
        loaded.dispose();
      }
      const [compiling, step] = [median(compileTimes), median(stepTimes)];
      return {
        ours: { what: 'compiling', value: compiling, unit: 'ms' },
        reference: { what: 'compiled step', value: step, unit: 'ms' },
        ratio: compiling / step,
        ratioOf: 'ours / reference',
      };
    },
  };
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
