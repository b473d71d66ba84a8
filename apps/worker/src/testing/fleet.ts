/** A platform with real worker processes on it, for tests that watch, stop and kill them. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  createRun,
  ensureLocalOwner,
  seedRegistry,
  type Platform,
  type Run,
  type RunStatus,
} from '@fovea/platform';
import { openTestPlatform } from '@fovea/platform/testing';

const program = fileURLToPath(new URL('../main.ts', import.meta.url));

export interface WorkerProcess {
  readonly pid: number;
  /** Ends it as an operator would: what it works on goes back to the queue. */
  stop(): Promise<void>;
  kill(): Promise<void>;
}

export interface Fleet {
  readonly platform: Platform;
  /** `codeVersion`: what the worker takes itself for; default that of the runs. */
  startWorker(codeVersion?: string): WorkerProcess;
  /** Queues a feature visualization of the default network. */
  submit(request?: { input?: Record<string, unknown>; seed?: number; force?: boolean }): Promise<Run>;
  find(id: string): Promise<Run>;
  /** Throws, with the run, when it does not come true in `seconds`. */
  until(id: string, condition: (run: Run) => boolean | Promise<boolean>, seconds?: number): Promise<Run>;
  /** Name → key of every artifact: equal keys are equal bytes. */
  artifacts(id: string): Promise<Record<string, string>>;
  close(): Promise<void>;
}

export async function openFleet(environment: NodeJS.ProcessEnv = {}): Promise<Fleet> {
  const platform = await openTestPlatform({ FOVEA_LEASE_SECONDS: '3', ...environment });
  const { config, db } = platform;
  await seedRegistry(platform, config.home);
  const owner = await ensureLocalOwner(db);
  const workers: WorkerProcess[] = [];

  const fleet: Fleet = {
    platform,
    startWorker(codeVersion = 'test') {
      const worker = workerProcess(
        fork(program, {
          stdio: process.env['FOVEA_TEST_VERBOSE'] ? 'inherit' : 'ignore',
          env: {
            ...process.env,
            ...environment,
            DATABASE_URL: config.databaseUrl,
            FOVEA_HOME: config.home,
            FOVEA_SECRET: config.secret,
            FOVEA_LEASE_SECONDS: String(config.leaseSeconds),
            FOVEA_CODE_VERSION: codeVersion,
          },
        }),
      );
      workers.push(worker);
      return worker;
    },
    async submit({ input = {}, seed = 1, force = false } = {}) {
      const { run } = await createRun(
        platform,
        {
          kind: 'feature-visualization',
          input: { model: 'fovea_mini', objective: 'mixed3a:3', width: 32, height: 32, steps: 400, ...input },
          seed,
          force,
        },
        { ...owner, codeVersion: 'test' },
      );
      return run;
    },
    find: (id) => db.run.findUniqueOrThrow({ where: { id } }),
    async until(id, condition, seconds = 150) {
      const deadline = Date.now() + seconds * 1000;
      for (;;) {
        const run = await fleet.find(id);
        if (await condition(run)) return run;
        if (Date.now() > deadline)
          throw new Error(`Not within ${seconds} s: ${JSON.stringify(run, null, 1)}`);
        await sleep(50);
      }
    },
    async artifacts(runId) {
      const artifacts = await db.artifact.findMany({ where: { runId }, orderBy: { name: 'asc' } });
      return Object.fromEntries(artifacts.map(({ name, key }) => [name, key]));
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.kill()));
      await platform.close();
    },
  };
  return fleet;
}

function workerProcess(child: ChildProcess): WorkerProcess {
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };
  return { pid: child.pid!, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

export const isOver = ({ status }: { status: RunStatus }) => status !== 'queued' && status !== 'running';

/** Far enough to have a checkpoint, and not near its end. */
export const isUnderWay = ({ status, step }: Run) => status === 'running' && step >= 64;
