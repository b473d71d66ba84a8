/** Runs onnxruntime in a thread of its own, because its run() blocks the thread that calls it. */
import { parentPort } from 'node:worker_threads';
import type * as ort from 'onnxruntime-node';
import type { Values } from '../graph.ts';
import type { Answer, Call, FeedTensor, Placement, Reply, Request } from './messages.ts';

type Runtime = typeof ort;

/**
 * How long a thread spins for its share of the next node before it sleeps. A run has hundreds of nodes of some tens of
 * microseconds each: to sleep between them costs half of what a second thread gains. Longer, or between runs, spinning
 * takes the processor from whatever else is there.
 */
const spinMicroseconds = '100';

class Unavailable extends Error {}

const port = parentPort!;
const sessions = new Map<number, ort.InferenceSession>();
let opened = 0;

port.on('message', ({ id, request }: Call) => {
  respond(request).then(
    (answer) => port.postMessage({ id, answer } satisfies Reply, buffersOf(answer)),
    (error: Error) =>
      port.postMessage({
        id,
        error: error.message,
        isUnavailable: error instanceof Unavailable,
      } satisfies Reply),
  );
});

async function respond(request: Request): Promise<Answer> {
  switch (request.task) {
    case 'load':
      return (await loadRuntime()).env.versions.common;
    case 'open':
      return open(request.model, request.placement);
    case 'run':
      return run(sessions.get(request.session)!, request.feeds);
    case 'close':
      await sessions.get(request.session)!.release();
      sessions.delete(request.session);
      return null;
    default:
      return request satisfies never;
  }
}

/** A convolution and two activations are merged for WebGPU into a convolution and one of the two. */
const mending: Partial<Record<Placement['provider'], object>> = {
  webgpu: { optimization: { disable_specified_optimizers: 'ConvActivationFusion' } },
};

async function open(model: Uint8Array | string, { provider, threads }: Placement): Promise<number> {
  const { InferenceSession } = await loadRuntime();
  const options: ort.InferenceSession.SessionOptions = {
    executionProviders: [provider],
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    // Plans memory for a run as if nothing were there yet, and so takes it twice, without being faster.
    enableMemPattern: false,
    extra: {
      session: { intra_op: { spin_duration_us: spinMicroseconds }, force_spinning_stop: '1' },
      ...mending[provider],
    },
    // Errors reach us as exceptions anyway.
    logSeverityLevel: 4,
  };
  const session =
    typeof model === 'string'
      ? await InferenceSession.create(model, options)
      : await InferenceSession.create(model, options);
  sessions.set(++opened, session);
  return opened;
}

async function run(
  session: ort.InferenceSession,
  feeds: Readonly<Record<string, FeedTensor>>,
): Promise<Record<string, Values>> {
  const { Tensor } = await loadRuntime();
  const tensors = Object.entries(feeds).map(
    ([name, { type, dims, values }]) => [name, new Tensor(type, values, dims)] as const,
  );
  const results = await session.run(Object.fromEntries(tensors));
  return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, data as Values]));
}

let runtime: Promise<Runtime> | undefined;

function loadRuntime(): Promise<Runtime> {
  return (runtime ??= import('onnxruntime-node').catch((error: Error) => {
    throw new Unavailable(error.message);
  }));
}

/** Handed over, not copied. */
function buffersOf(answer: Answer): ArrayBuffer[] {
  if (answer === null || typeof answer !== 'object') return [];
  return Object.values(answer).map(({ buffer }) => buffer as ArrayBuffer);
}
