/** Plays the worker: claims a run and records what it says, without computing anything. */
import { claimRun, completeRun, failRun, recordEvents, registerWorker, type Claim } from '@fovea/platform';
import type { RunEvent } from '@fovea/experiments';
import type { TestApi } from './api.ts';

export interface PlayedRun {
  record(...events: RunEvent[]): Promise<void>;
  complete(): Promise<void>;
  fail(): Promise<void>;
}

export async function play({ services }: TestApi, runId: string): Promise<PlayedRun> {
  const { db } = services;
  const worker = await registerWorker(db, {
    name: 'played',
    hostname: 'test',
    pid: 1,
    backend: 'wasm',
    device: { name: 'Test processor', memoryBytes: 1024 },
    codeVersion: 'test',
    concurrency: 1,
  });
  const claimed = await claimRun(db, { runId, workerId: worker.id, backend: 'wasm', leaseSeconds: 60 });
  const claim: Claim = claimed!.claim;
  return {
    async record(...events) {
      await recordEvents(services, claim, events, { stepsPerSecond: 10 });
    },
    async complete() {
      await completeRun(services, claim, { images: [] });
    },
    async fail() {
      await failRun(db, claim, {
        fault: 'input',
        code: 'NAN_LOSS',
        message: 'The loss became NaN at step 3',
      });
    },
  };
}

export const progress = (step: number): RunEvent => ({ type: 'progress', step, total: 10, loss: -step });

export const preview = (step: number): RunEvent => ({
  type: 'preview',
  step,
  mediaType: 'image/png',
  bytes: Buffer.from(`picture ${step}`),
});

export const artifact = (name: string, mediaType: string, content: string): RunEvent => ({
  type: 'artifact',
  name,
  mediaType,
  bytes: Buffer.from(content),
  parameters: { step: 10 },
});
