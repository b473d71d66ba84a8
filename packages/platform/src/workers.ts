import type { Prisma, Worker, WorkerStatus } from '../../../prisma/generated/client.ts';
import type { Database, Queryable } from './database.ts';
import { notify } from './notifications.ts';
import { databaseTime } from './runs/clock.ts';

/** Seconds between heartbeats; three missed ones make a worker lost. */
export const heartbeatInterval = 10;
const lostAfter = 3 * heartbeatInterval;

export interface WorkerDescription {
  readonly name: string;
  readonly hostname: string;
  readonly pid: number;
  /** Tensor backend that it computes with. */
  readonly backend: string;
  readonly device: { readonly name: string; readonly memoryBytes: number | null };
  readonly codeVersion: string;
  /** Runs that it executes at once. */
  readonly concurrency: number;
}

export interface WorkerView extends Worker {
  /** `lost`: it should be there but no longer answers. */
  readonly state: WorkerStatus | 'lost';
  readonly runIds: readonly string[];
}

export async function registerWorker(db: Database, description: WorkerDescription): Promise<Worker> {
  const worker = await db.worker.create({ data: { ...description, device: { ...description.device } } });
  await notify(db, 'worker', { workerId: worker.id });
  return worker;
}

/** `busyShare`: the part of its places, 0 to 1, that were at work since the last heartbeat. */
export const heartbeat = async (db: Database, workerId: string, busyShare: number): Promise<void> =>
  change(db, workerId, { busyShare, heartbeatAt: await databaseTime(db) });

/** `stopping`: it takes no new runs. `stopped`: it is gone for good. */
export async function setWorkerStatus(
  db: Database,
  workerId: string,
  status: Exclude<WorkerStatus, 'online'>,
): Promise<void> {
  const now = await databaseTime(db);
  await change(db, workerId, {
    status,
    heartbeatAt: now,
    ...(status === 'stopped' ? { stoppedAt: now, busyShare: 0 } : {}),
  });
}

async function change(
  db: Database,
  workerId: string,
  data: Prisma.WorkerUncheckedUpdateInput,
): Promise<void> {
  await db.worker.update({ where: { id: workerId }, data });
  await notify(db, 'worker', { workerId });
}

/** Newest first; `includeGone` adds those that stopped, or were lost more than an hour ago. */
export async function listWorkers(
  db: Queryable,
  { includeGone = false }: { includeGone?: boolean } = {},
): Promise<WorkerView[]> {
  const now = await databaseTime(db);
  const hourAgo = new Date(now.getTime() - 3_600_000);
  const workers = await db.worker.findMany({
    where: includeGone ? {} : { status: { not: 'stopped' }, heartbeatAt: { gt: hourAgo } },
    include: { runs: { where: { status: 'running' }, select: { id: true } } },
    orderBy: { id: 'desc' },
    take: 1_000,
  });
  return workers.map(({ runs, ...worker }) => ({
    ...worker,
    state: stateOf(worker, now),
    runIds: runs.map(({ id }) => id),
  }));
}

function stateOf({ status, heartbeatAt }: Worker, now: Date): WorkerView['state'] {
  const silentSeconds = (now.getTime() - heartbeatAt.getTime()) / 1000;
  return status !== 'stopped' && silentSeconds > lostAfter ? 'lost' : status;
}
