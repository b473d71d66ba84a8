/** Runs the shards of an experiment side by side, each in a process of its own on this machine. */
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { CliError, type ExitCode } from './exit-codes.ts';
import type { Progress } from './progress.ts';

const program = fileURLToPath(new URL('shard-process.ts', import.meta.url));

/** What a process is told. */
export interface ShardOrder {
  readonly kindName: string;
  readonly input: unknown;
  readonly seed: number;
  readonly threads: number;
}

/** What it answers. */
export type ShardMessage =
  | { type: 'progress'; step: number; total: number }
  | { type: 'artifact'; name: string; bytes: Uint8Array }
  | { type: 'done' }
  | { type: 'failed'; exitCode: ExitCode; message: string };

/** Of each shard: artifacts by name. */
export type ShardArtifacts = readonly ReadonlyMap<string, Uint8Array>[];

/** @throws CliError where a shard fails; the others are ended then */
export async function runShards(
  kindName: string,
  inputs: readonly unknown[],
  { seed, progress, signal }: { seed: number; progress: Progress; signal: AbortSignal },
): Promise<ShardArtifacts> {
  const threads = Math.max(1, Math.floor(availableParallelism() / inputs.length));
  const steps = inputs.map(() => ({ step: 0, total: 0 }));
  const failed = new AbortController();
  const ended = AbortSignal.any([signal, failed.signal]);
  const runs = inputs.map((input, index) =>
    runShard({ kindName, input, seed, threads }, ended, (step, total) => {
      steps[index] = { step, total };
      const sum = (what: 'step' | 'total') => steps.reduce((all, each) => all + each[what], 0);
      progress.step(sum('step'), sum('total'), null);
    }),
  );
  try {
    return await Promise.all(runs);
  } finally {
    failed.abort();
  }
}

async function runShard(
  order: ShardOrder,
  signal: AbortSignal,
  onProgress: (step: number, total: number) => void,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const artifacts = new Map<string, Uint8Array>();
  const { promise, resolve, reject } = Promise.withResolvers<ReadonlyMap<string, Uint8Array>>();
  const child = fork(program, { serialization: 'advanced', signal, killSignal: 'SIGKILL' });
  child.on('message', (message: ShardMessage) => {
    if (message.type === 'progress') onProgress(message.step, message.total);
    else if (message.type === 'artifact') artifacts.set(message.name, message.bytes);
    else if (message.type === 'done') resolve(artifacts);
    else reject(new CliError(message.exitCode, message.message));
  });
  child.on('error', reject);
  child.on('exit', (code) => reject(new Error(`The process of a shard ended with ${code ?? 'a signal'}`)));
  child.send(order);
  return promise;
}
