/** Steps in a process of their own: what one takes of memory, and how several share the cores. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { EngineOptions } from '../packages/interp/src/index.ts';
import type { StepJob } from './step-body.ts';

export interface StepOrder extends EngineOptions {
  readonly job: StepJob;
}

export interface Report {
  /** Of the process, before the model was there and after the last steps. */
  readonly residentBytes: { readonly before: number; readonly after: number };
  /** How many were made, and in what time. */
  readonly steps: number;
  readonly seconds: number;
}

export interface StepProcess extends Disposable {
  /** Makes steps for that long. */
  run(seconds: number): Promise<Report>;
}

/** Resolves when its first steps are made, in which it compiles. */
export async function startStepProcess(order: StepOrder): Promise<StepProcess> {
  const child = fork(fileURLToPath(new URL('step-process-main.ts', import.meta.url)), {
    serialization: 'advanced',
  });
  child.send(order);
  await answer(child);
  return {
    async run(seconds) {
      child.send(seconds);
      return (await answer(child)) as Report;
    },
    [Symbol.dispose]: () => void child.kill(),
  };
}

async function answer(child: ChildProcess): Promise<unknown> {
  const ended = new AbortController();
  const { signal } = ended;
  try {
    const [message] = await Promise.race([
      once(child, 'message', { signal }),
      once(child, 'exit', { signal }).then(([code, signal]) => {
        throw new Error(`The process of the steps ended with ${signal ?? code}; what it said is above`);
      }),
    ]);
    return message;
  } finally {
    ended.abort();
  }
}
