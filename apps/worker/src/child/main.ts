/**
 * Executes one run in a process of its own: synchronous compute cannot starve the worker's queue and
 * heartbeat, and a crash takes down this run only. It touches neither database nor store; the worker does.
 */
import { openDataset, UnknownDatasetError, type Dataset } from '@fovea/data';
import { failureOf, findKind, type RunContext, type RunEvent } from '@fovea/experiments';
import { loadModel, UnknownModelError, type HookedModel } from '@fovea/models';
import { startBackend } from '@fovea/tensor';
import type { FromChild, RunOrder, ToChild } from './messages.ts';

const cancellation = new AbortController();
const stored = new Map<number, () => void>();
const shards: ((bytes: Uint8Array) => void)[] = [];

process.on('message', (message: ToChild) => {
  if (message.type === 'execute') void execute(message.order).then(end);
  if (message.type === 'probe') void probe().then(end);
  if (message.type === 'cancel') cancellation.abort();
  if (message.type === 'stored') stored.get(message.number)?.();
  if (message.type === 'shard') shards[message.number]?.(message.bytes);
});

// The worker is gone: whoever takes the run over starts from its checkpoint.
process.on('disconnect', () => process.exit(1));

async function probe(): Promise<void> {
  await tell({ type: 'backend', report: await startBackend() });
}

async function execute(order: RunOrder): Promise<void> {
  try {
    await startBackend({ force: order.backend, threads: order.threads });
    await tell({ type: 'result', result: await runToEnd(order) });
  } catch (error) {
    await tell(
      cancellation.signal.aborted ? { type: 'cancelled' } : { type: 'failure', failure: failureOf(error) },
    );
  }
}

async function runToEnd(order: RunOrder): Promise<unknown> {
  const kind = findKind(order.kind);
  if (!kind) throw new Error(`This worker knows no kind "${order.kind}"; is its code older than the API's?`);
  const loaded = new Map<string, Promise<HookedModel>>();
  const opened = new Map<string, Promise<Dataset>>();
  const context: RunContext = {
    loadModel: async (name) => {
      if (order.model?.manifest.name !== name)
        throw new UnknownModelError(name, order.model ? [order.model.manifest.name] : []);
      const model = loaded.get(name) ?? loadModel(order.model.manifest, order.model.weightsPath);
      loaded.set(name, model);
      return model;
    },
    loadDataset: async (name) => {
      if (order.dataset?.manifest.name !== name)
        throw new UnknownDatasetError(name, order.dataset ? [order.dataset.manifest.name] : []);
      const dataset = opened.get(name) ?? openDataset(order.dataset.manifest, order.dataset.files);
      opened.set(name, dataset);
      return dataset;
    },
    loadObject: async (key) => {
      const bytes = order.objects.get(key);
      if (!bytes)
        throw new Error(`The schema of ${order.kind} does not say that its input reads object ${key}`);
      return bytes;
    },
    loadShard: async (index, artifact) => {
      const { promise, resolve } = Promise.withResolvers<Uint8Array>();
      const number = shards.push(resolve) - 1;
      await tell({ type: 'loadShard', number, index, artifact });
      return promise;
    },
    seed: order.seed,
    signal: cancellation.signal,
    checkpoint: order.checkpoint ?? undefined,
    threads: order.threads,
    provenance: {
      modelDigest: order.model?.manifest.digest ?? null,
      datasetDigest: order.dataset?.manifest.digest ?? null,
      codeVersion: order.codeVersion,
      backend: order.backend,
    },
  };
  try {
    const input = kind.schema.input.parse(order.input);
    if (order.calibrate) {
      const calibration = await kind.calibrate?.(input, context);
      await tell({ type: 'calibration', sharing: calibration?.sharing ?? 'joined' });
    }
    const events = kind.run(input, context);
    for (let number = 0; ; number++) {
      const next = await events.next();
      if (next.done) return next.value;
      await pass(number, next.value);
    }
  } finally {
    for (const model of await Promise.all(loaded.values())) model.dispose();
    for (const dataset of await Promise.all(opened.values())) await dataset.close();
  }
}

/** Small events are sent and forgotten; those with bytes wait until they are stored. */
async function pass(number: number, event: RunEvent): Promise<void> {
  const storing =
    'bytes' in event ? new Promise<void>((resolve) => stored.set(number, resolve)) : Promise.resolve();
  await tell({ type: 'event', number, event });
  await storing;
  stored.delete(number);
}

function tell(message: FromChild): Promise<void> {
  return new Promise((resolve, reject) => {
    process.send!(message, undefined, undefined, (error) => (error ? reject(error) : resolve()));
  });
}

function end(): void {
  process.disconnect();
  process.exit(0);
}
