/** ONNX models as sessions of onnxruntime. */
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Values } from '../graph.ts';
import type { OnnxModel } from '../onnx/model.ts';
import { bytesOf, weightBytes, writeModel } from '../onnx/write.ts';
import type { FeedTensor, Placement } from './messages.ts';
import { leastBusyThread } from './session-thread.ts';

export interface Session {
  /** @returns the values of each output by its name in the model */
  run(feeds: Readonly<Record<string, FeedTensor>>): Promise<Readonly<Record<string, Values>>>;
  /** Frees its memory, after the runs that were asked for before. */
  close(): Promise<void>;
}

/**
 * Version of the onnxruntime that runs compiled functions here.
 * @throws RuntimeUnavailableError
 */
export function runtimeVersion(): Promise<string> {
  return leastBusyThread(availableParallelism()).ask({ task: 'load' });
}

/** Protocol buffers end at 2 GB; the nodes need room, too. */
const mostInlineBytes = 1.9e9;

export async function openSession(
  model: OnnxModel,
  placement: Placement,
  inlineBytes = mostInlineBytes,
): Promise<Session> {
  const thread = leastBusyThread(availableParallelism());
  thread.sessions++;
  try {
    const session = await (weightBytes(model) > inlineBytes
      ? withModelFile(model, (path) => thread.ask({ task: 'open', model: path, placement }))
      : thread.ask({ task: 'open', model: writeModel(model), placement }));
    return {
      run: (feeds) => thread.ask({ task: 'run', session, feeds }),
      async close() {
        thread.sessions--;
        await thread.ask({ task: 'close', session });
      },
    };
  } catch (error) {
    thread.sessions--;
    throw error;
  }
}

/** The file, and the weights beside it, are gone when `use` is done. */
async function withModelFile<T>(model: OnnxModel, use: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'fovea-compiled-'));
  try {
    const offsets = await writeWeights(model, join(folder, 'weights'));
    const path = join(folder, 'model.onnx');
    await writeFile(path, writeModel(model, { file: 'weights', offsets }));
    return await use(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Tensors that onnxruntime may map into memory begin at multiples of this many bytes. */
const alignment = 4096;

/** @returns where each initializer begins; small ones, which ONNX wants to see when it infers shapes, are left out */
async function writeWeights({ initializers }: OnnxModel, path: string): Promise<Map<string, number>> {
  const offsets = new Map<string, number>();
  const file = await open(path, 'w');
  try {
    let end = 0;
    for (const [name, { values }] of initializers) {
      if (values.byteLength < alignment) continue;
      offsets.set(name, end);
      await file.write(bytesOf(values), 0, values.byteLength, end);
      end = Math.ceil((end + values.byteLength) / alignment) * alignment;
    }
  } finally {
    await file.close();
  }
  return offsets;
}
