/** The threads among which training divides its work; how it is divided depends on their number alone. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ProceduralSplit } from '@fovea/data';
import type { BatchGradient, Parameters } from '@fovea/interp';
import type { Replies, Request } from './messages.ts';

export interface TrainingThreads {
  /** One gradient per thread, in the order of the threads. */
  gradients(parameters: Parameters, indices: readonly number[]): Promise<BatchGradient[]>;
  /** Predicted labels of the first `count` images. */
  classify(parameters: Parameters, split: ProceduralSplit, count: number): Promise<Int32Array>;
  stop(): Promise<void>;
}

export function startThreads(count: number): TrainingThreads {
  const workers = Array.from(
    { length: count },
    () => new Worker(new URL('training-thread.ts', import.meta.url)),
  );
  /** Bounds of equal parts of 0 … total. */
  const part = (total: number, thread: number) => Math.round((total * thread) / count);

  return {
    gradients: (parameters, indices) =>
      Promise.all(
        workers.map((worker, thread) =>
          ask(worker, {
            task: 'gradient',
            parameters,
            indices: indices.slice(part(indices.length, thread), part(indices.length, thread + 1)),
          }),
        ),
      ),
    async classify(parameters, split, total) {
      const parts = await Promise.all(
        workers.map((worker, thread) =>
          ask(worker, {
            task: 'classify',
            parameters,
            split,
            from: part(total, thread),
            to: part(total, thread + 1),
          }),
        ),
      );
      return Int32Array.from(parts.flatMap((labels) => [...labels]));
    },
    async stop() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

/** Rejects if the thread fails. */
async function ask<R extends Request>(worker: Worker, request: R): Promise<Replies[R['task']]> {
  worker.postMessage(request);
  const [reply] = (await once(worker, 'message')) as [Replies[R['task']]];
  return reply;
}
