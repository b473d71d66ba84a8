/**
 * Delivery of run ids to workers, and nothing else: the row of a run is the truth, a job delivered twice is
 * refused by the claim, and a job that was lost is offered again by `reconcileQueue`.
 */
import {
  createPostgresBackend,
  FlowProducer,
  Queue,
  Worker,
  type ConnectionOptions,
  type JobsOptions,
  type Processor,
  type WorkerOptions,
} from 'bullmq';
import type { Run } from '../../../prisma/generated/client.ts';
import type { QueueConfig } from './config.ts';
import { PlatformError } from './errors.ts';
import type { Logger } from './log.ts';

const queueName = 'runs';

/** Milliseconds after which a server that does not answer counts as away: BullMQ itself would wait without end. */
const patience = 3_000;

export interface RunJob {
  readonly runId: string;
}

export type QueuedRun = Pick<Run, 'id' | 'priority' | 'queuedAt'>;

export interface RunQueue {
  readonly backend: QueueConfig['backend'];
  /** For dashboards and metrics. */
  readonly bull: Queue<RunJob>;
  /** Adds a job that follows others. */
  readonly flows: FlowProducer;
  readonly log: Logger;
  close(): Promise<void>;
}

export function openQueue(config: QueueConfig, log: Logger): RunQueue {
  if (config.backend === 'postgres')
    log.warn('The queue runs on Postgres, several times slower than Redis: set REDIS_URL to change that');
  const bull = createBullQueue(config);
  const flows = createFlowProducer(config);
  const onError = (error: Error) => log.warn({ err: error }, 'The connection to the queue broke');
  bull.on('error', onError);
  flows.on('error', onError);
  return {
    backend: config.backend,
    bull,
    flows,
    log,
    async close() {
      await Promise.all([bull.close(), flows.close()]);
    },
  };
}

/**
 * A finished job leaves nothing behind, so that its id is free again: jobs carry no result and are not retried by
 * the queue, since both belong to the row.
 */
const leaveNothing: JobsOptions = { removeOnComplete: true, removeOnFail: true };

function createBullQueue(config: QueueConfig): Queue<RunJob> {
  if (config.backend === 'redis')
    return new Queue<RunJob>(queueName, {
      connection: { ...redisConnection(config.url), enableOfflineQueue: false },
      prefix: config.prefix,
      defaultJobOptions: leaveNothing,
    });
  const queue = new Queue(
    queueName,
    { connection: postgresConnection(config.url), defaultJobOptions: leaveNothing },
    createPostgresBackend,
  );
  // The two differ in the type of their backend only, which nobody outside this file touches.
  return queue as unknown as Queue<RunJob>;
}

function createFlowProducer(config: QueueConfig): FlowProducer {
  if (config.backend === 'redis')
    return new FlowProducer({
      connection: { ...redisConnection(config.url), enableOfflineQueue: false },
      prefix: config.prefix,
    });
  const flows = new FlowProducer({ connection: postgresConnection(config.url) }, createPostgresBackend);
  return flows as unknown as FlowProducer;
}

export type QueueWorkerOptions = Pick<WorkerOptions, 'concurrency' | 'lockDuration' | 'autorun'>;

/** Calls `processor` with one run id at a time per place; the caller closes it. */
export function openQueueWorker(
  config: QueueConfig,
  processor: Processor<RunJob, void>,
  options: QueueWorkerOptions = {},
): Worker<RunJob, void> {
  if (config.backend === 'redis')
    return new Worker<RunJob, void>(queueName, processor, {
      ...options,
      connection: redisConnection(config.url),
      prefix: config.prefix,
    });
  const worker = new Worker(
    queueName,
    processor,
    { ...options, connection: postgresConnection(config.url) },
    createPostgresBackend,
  );
  return worker as unknown as Worker<RunJob, void>;
}

const redisConnection = (url: string): ConnectionOptions & object => ({ url, maxRetriesPerRequest: null });

const postgresConnection = (url: string) => ({ connectionString: url, migrate: true });

/** Once per entry into the queue: a run that is queued again is another job. */
const jobId = (run: QueuedRun) => `${run.id}-${run.queuedAt.getTime()}`;

/** BullMQ: 1 is the most urgent. Ours: −100 to 100, higher first. */
const bullPriority = (priority: number) => 101 - priority;

/** Safe to repeat: a job that is already there stays as it is. Throws QUEUE_UNAVAILABLE. */
export async function enqueueRuns(queue: RunQueue, runs: readonly QueuedRun[]): Promise<void> {
  await inTime(queue.bull.addBulk(runs.map(jobOf)));
}

const jobOf = (run: QueuedRun) => ({
  name: 'run',
  data: { runId: run.id } satisfies RunJob,
  opts: { jobId: jobId(run), priority: bullPriority(run.priority) },
});

/**
 * The shards now, and the run that merges them after their jobs. It may come too early, since a shard that is given back
 * has another job: then it is refused, and the reconciler offers it again. Its job has a name of its own, so that one
 * that waits for a lost job is not in the way of that.
 */
export async function offerFlow(
  queue: RunQueue,
  flow: QueuedRun,
  shards: readonly QueuedRun[],
): Promise<void> {
  const part = (run: QueuedRun, opts: JobsOptions) => {
    const job = jobOf(run);
    return { ...job, queueName, opts: { ...leaveNothing, ...job.opts, ...opts } };
  };
  const children = shards.map((shard) => part(shard, { removeDependencyOnFailure: true }));
  try {
    await inTime(queue.flows.add({ ...part(flow, { jobId: `${jobId(flow)}-flow` }), children }));
  } catch (error) {
    queue.log.warn({ err: error, runId: flow.id }, 'The shards of a run wait for the reconciler');
  }
}

/** The row is stored by now, so an unreachable queue is no error: the reconciler delivers the run later. */
export async function offerRun(queue: RunQueue, run: QueuedRun): Promise<void> {
  try {
    await enqueueRuns(queue, [run]);
  } catch (error) {
    queue.log.warn({ err: error, runId: run.id }, 'The run waits for the reconciler');
  }
}

/** After a cancel: spares a worker the delivery of a run that it could not claim. */
export async function withdrawRun(queue: RunQueue, run: QueuedRun): Promise<void> {
  await inTime(queue.bull.remove(jobId(run))).catch((error: unknown) => {
    queue.log.debug({ err: error, runId: run.id }, 'The job of a cancelled run stays in the queue');
  });
}

/** Deliveries that wait. Throws QUEUE_UNAVAILABLE. */
export const queueDepth = ({ bull }: RunQueue): Promise<number> =>
  inTime(bull.getJobCountByTypes('waiting', 'prioritized'));

/** Throws QUEUE_UNAVAILABLE. */
async function inTime<T>(answer: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('timed out')), patience);
  try {
    return await Promise.race([answer, late.promise]);
  } catch (error) {
    throw new PlatformError('QUEUE_UNAVAILABLE', 'The queue cannot be reached', {}, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
