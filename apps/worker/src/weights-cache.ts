/** Weights on the local disk, under their sha256, so that each is fetched from the object store once. */
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ObjectStore } from '@fovea/platform';

/** Path of the cached file; loading the model verifies its content. Throws OBJECT_NOT_FOUND. */
export async function fetchWeights(store: ObjectStore, home: string, key: string): Promise<string> {
  const folder = path.join(home, 'cache', 'checkpoints');
  const file = path.join(folder, `${key}.safetensors`);
  if (await exists(file)) return file;
  await mkdir(folder, { recursive: true });
  const partial = path.join(folder, `${key}.${randomUUID()}.partial`);
  try {
    const { stream } = await store.get(key);
    // On the disk before it has its name: after a power cut, a name stands for the whole file.
    await pipeline(stream, createWriteStream(partial, { flush: true }));
    await rename(partial, file);
  } finally {
    await rm(partial, { force: true });
  }
  return file;
}

const exists = (file: string) =>
  stat(file).then(
    () => true,
    () => false,
  );
