import { once } from 'node:events';
import { startBackend } from '../packages/tensor/src/index.ts';
import { loadModel } from './model.ts';
import { startSteps } from './step-body.ts';
import type { Report, StepOrder } from './step-process.ts';

process.on('disconnect', () => process.exit());

const [{ job, ...options }] = (await once(process, 'message')) as [StepOrder];
await startBackend({ threads: options.threads });
const before = process.memoryUsage.rss();
const steps = startSteps(await loadModel(job.model), job, options);
for (let event = 0; event < 3; event++) await steps.next();
process.on('message', (seconds: number) => void measure(seconds));
process.send!('ready');

async function measure(seconds: number): Promise<void> {
  const start = performance.now();
  const elapsed = () => (performance.now() - start) / 1000;
  let made = 0;
  do {
    await steps.next();
    made++;
  } while (elapsed() < seconds);
  process.send!({
    residentBytes: { before, after: process.memoryUsage.rss() },
    steps: made,
    seconds: elapsed(),
  } satisfies Report);
}
