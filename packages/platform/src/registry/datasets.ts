import { createReadStream } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import {
  generators,
  imageCount,
  isDigest,
  verifyIndex,
  type DatasetFiles,
  type DatasetManifest,
} from '@fovea/data';
import { closest } from '@fovea/models/closest';
import type { Dataset, Prisma } from '../../../../prisma/generated/client.ts';
import type { Database, Queryable, Transaction } from '../database.ts';
import { PlatformError } from '../errors.ts';
import { alone } from '../lock.ts';
import type { ObjectStore } from '../objects/object-store.ts';

export interface DatasetServices {
  readonly db: Database;
  readonly store: ObjectStore;
}

/** As the database hands rows out: byte counts as numbers. */
export type DatasetRow = Omit<Dataset, 'bytes'> & { readonly bytes: number };

/** By its digest, or the newest of a name. Throws DATASET_NOT_FOUND. */
export async function findDataset(db: Queryable, nameOrDigest: string): Promise<DatasetRow> {
  const dataset = await db.dataset.findFirst({ where: named(nameOrDigest), orderBy: newest });
  return dataset ?? (await refuseUnknown(db, nameOrDigest));
}

/** The same, without reading all that its manifest says. */
export async function findDatasetId(db: Queryable, nameOrDigest: string): Promise<string> {
  const select = { id: true };
  const dataset = await db.dataset.findFirst({ where: named(nameOrDigest), orderBy: newest, select });
  return dataset?.id ?? (await refuseUnknown(db, nameOrDigest));
}

const newest = { id: 'desc' } as const;

async function refuseUnknown(db: Queryable, name: string): Promise<never> {
  const known = await db.dataset.findMany({ distinct: ['name'], select: { name: true } });
  const nearest = closest(
    name,
    known.map((row) => row.name),
  );
  throw new PlatformError(
    'DATASET_NOT_FOUND',
    `No dataset is called ${JSON.stringify(name)}${nearest.length > 0 ? `; did you mean ${nearest.join(', ')}?` : ''}`,
    { nearest },
  );
}

const named = (nameOrDigest: string) =>
  isDigest(nameOrDigest) ? { digest: nameOrDigest } : { name: nameOrDigest };

/** The newest of each name, by name. */
export const listDatasets = (db: Queryable): Promise<DatasetRow[]> =>
  db.dataset.findMany({ distinct: ['name'], orderBy: [{ name: 'asc' }, { id: 'desc' }] });

/**
 * Registers a dataset whose objects are stored already, or whose files are given. The same name and digest again changes
 * nothing but what is said of it; a changed dataset becomes what the name means. Throws OBJECT_NOT_FOUND without its objects, and
 * OBJECT_KEY_MISMATCH when the files are not those that the manifest names.
 */
export async function registerDataset(
  { db, store }: DatasetServices,
  manifest: DatasetManifest,
  files?: DatasetFiles | null,
): Promise<DatasetRow> {
  const { name, digest } = manifest;
  if (files) await storeFiles(store, manifest, files);
  await checkObjects(store, manifest);
  return alone(db, objectsLock, async (transaction) => {
    // Under the lock: another dataset that had the same objects may have been removed meanwhile.
    await requireObjects(store, objectKeysOf(manifest));
    return transaction.dataset.upsert({
      where: { name_digest: { name, digest } },
      create: rowOf(manifest),
      update: saidOf(manifest),
    });
  });
}

/** Held by whoever begins or ceases to refer to objects of datasets. */
const objectsLock = 'objects of datasets';

async function storeFiles(store: ObjectStore, manifest: DatasetManifest, files: DatasetFiles): Promise<void> {
  const paths = [...files.packs, files.index];
  for (const [position, expectedKey] of objectKeysOf(manifest).entries())
    if (!(await store.head(expectedKey)))
      await store.put(createReadStream(paths[position]!), { expectedKey });
}

async function checkObjects(store: ObjectStore, manifest: DatasetManifest): Promise<void> {
  const { content } = manifest;
  if (content.type !== 'stored') return;
  await requireObjects(store, objectKeysOf(manifest));
  const { stream } = await store.get(content.index.sha256);
  verifyIndex(manifest, await buffer(stream));
}

async function requireObjects(store: ObjectStore, keys: readonly string[]): Promise<void> {
  for (const key of keys)
    if (!(await store.head(key)))
      throw new PlatformError(
        'OBJECT_NOT_FOUND',
        `Upload the object with sha256 ${key} before the manifest`,
        { key },
      );
}

/** Packs in their order, then the index. */
export const objectKeysOf = ({ content }: DatasetManifest): string[] =>
  content.type === 'stored' ? [...content.packs, content.index].map(({ sha256 }) => sha256) : [];

const rowOf = (manifest: DatasetManifest): Prisma.DatasetCreateInput => ({
  name: manifest.name,
  digest: manifest.digest,
  kind: manifest.content.type === 'stored' ? manifest.content.layout : 'generated',
  ...saidOf(manifest),
  classes: manifest.classes,
  splits: manifest.splits,
  images: imageCount(manifest),
  bytes: manifest.bytes,
  columns: manifest.columns,
  parameters: (manifest.content.type === 'generated'
    ? manifest.content.parameters
    : {}) as Prisma.InputJsonObject,
  problems: manifest.problems,
  objectKeys: objectKeysOf(manifest),
});

/** What may be said of the same images another time. */
const saidOf = (manifest: DatasetManifest) => ({
  description: manifest.description ?? null,
  license: manifest.license ?? null,
  source: manifest.source ?? null,
  manifest: manifest as Prisma.InputJsonObject,
});

/**
 * Removes every version of a name, or the one with a digest, and the objects that nothing else refers to. Throws
 * DATASET_NOT_FOUND, and DATASET_IN_USE where runs have read it or it comes with Fovea.
 */
export async function removeDataset({ db, store }: DatasetServices, nameOrDigest: string): Promise<void> {
  const { name } = await findDataset(db, nameOrDigest);
  await alone(db, objectsLock, async (transaction) => {
    const rows = await transaction.dataset.findMany({ where: named(nameOrDigest) });
    await refuseInUse(transaction, name, rows);
    await transaction.dataset.deleteMany({ where: { id: { in: rows.map(({ id }) => id) } } });
    for (const key of new Set(rows.flatMap(({ objectKeys }) => objectKeys)))
      if (!(await isReferred(transaction, key))) await store.delete(key);
  });
}

async function refuseInUse(
  transaction: Transaction,
  name: string,
  rows: readonly DatasetRow[],
): Promise<void> {
  if (Object.hasOwn(generators, name))
    throw new PlatformError('DATASET_IN_USE', `${name} comes with Fovea and cannot be removed`);
  const digests = rows.map(({ digest }) => digest);
  const runs = await transaction.run.count({ where: { datasetDigest: { in: digests } } });
  if (runs > 0)
    throw new PlatformError(
      'DATASET_IN_USE',
      `${runs} ${runs === 1 ? 'run has' : 'runs have'} read ${name}, and what they found would lose its images`,
      { runs },
    );
}

async function isReferred(transaction: Transaction, key: string): Promise<boolean> {
  const [dataset, model, artifact] = await Promise.all([
    transaction.dataset.findFirst({ where: { objectKeys: { has: key } }, select: { id: true } }),
    transaction.model.findFirst({ where: { checkpointKey: key }, select: { id: true } }),
    transaction.artifact.findFirst({ where: { key }, select: { id: true } }),
  ]);
  return Boolean(dataset ?? model ?? artifact);
}
