/** Weights and images on the local disk, under their sha256, so that each is fetched from the object store once. */
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ObjectStore } from '@fovea/platform';

/** Path of the cached file; whoever reads it verifies its content. Throws OBJECT_NOT_FOUND. */
export const fetchWeights = (store: ObjectStore, home: string, key: string): Promise<string> =>
  fetchObject(store, key, path.join(home, 'cache', 'checkpoints', `${key}.safetensors`));

/** The same for packs and indexes of datasets. */
export const fetchDatasetFile = (store: ObjectStore, home: string, key: string): Promise<string> =>
  fetchObject(store, key, path.join(home, 'cache', 'datasets', key));

async function fetchObject(store: ObjectStore, key: string, file: string): Promise<string> {
  if (await exists(file)) return file;
  await mkdir(path.dirname(file), { recursive: true });
  const partial = `${file}.${randomUUID()}.partial`;
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
