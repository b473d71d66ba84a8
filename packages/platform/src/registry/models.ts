import { createReadStream } from 'node:fs';
import type { Manifest } from '@fovea/models';
import { Prisma } from '../../../../prisma/generated/client.ts';
import type { Database, Queryable } from '../database.ts';
import { PlatformError } from '../errors.ts';
import { alone } from '../lock.ts';
import { closest } from '@fovea/models/closest';
import type { ObjectStore } from '../objects/object-store.ts';

const withLayers = { layers: { orderBy: { ordinal: 'asc' } } } satisfies Prisma.ModelInclude;

/** The newest model of that name, with its layers in the order of computation. Throws MODEL_NOT_FOUND. */
export async function findModel(db: Queryable, name: string) {
  const model = await db.model.findFirst({
    where: { name },
    orderBy: { id: 'desc' },
    include: withLayers,
  });
  return model ?? refuseName(db, name);
}

/** Throws MODEL_NOT_FOUND, with the names that are most like this one. */
export async function refuseName(db: Queryable, name: string): Promise<never> {
  const known = await db.model.findMany({ distinct: ['name'], select: { name: true } });
  const nearest = closest(
    name,
    known.map((row) => row.name),
  );
  throw new PlatformError(
    'MODEL_NOT_FOUND',
    `No model is called ${JSON.stringify(name)}${nearest.length > 0 ? `; did you mean ${nearest.join(', ')}?` : ''}`,
    { nearest },
  );
}

export type ModelWithLayers = Awaited<ReturnType<typeof findModel>>;

/**
 * Registers a model whose weights are stored already, or whose file is given. The same name and digest again changes
 * nothing; a changed model under an old name becomes what the name means. Throws OBJECT_NOT_FOUND without weights, and
 * OBJECT_KEY_MISMATCH when the file is not the one that the manifest names.
 */
export async function registerModel(
  { db, store }: { db: Database; store: ObjectStore },
  manifest: Manifest,
  weightsFile?: string,
): Promise<ModelWithLayers> {
  const { name, digest, checkpoint } = manifest;
  const known = await db.model.findUnique({
    where: { name_digest: { name, digest } },
    include: withLayers,
  });
  if (known && (await store.head(known.checkpointKey))) return known;
  await requireWeights(store, checkpoint.sha256, weightsFile);
  if (known) return known;
  return alone(db, `model ${name} ${digest}`, (transaction) =>
    transaction.model.upsert({
      where: { name_digest: { name, digest } },
      create: { ...rowOf(manifest), layers: { create: layersOf(manifest) } },
      update: {},
      include: withLayers,
    }),
  );
}

async function requireWeights(store: ObjectStore, key: string, file?: string): Promise<void> {
  if (await store.head(key)) return;
  if (file === undefined)
    throw new PlatformError('OBJECT_NOT_FOUND', `Upload the weights with sha256 ${key} before the manifest`, {
      key,
    });
  await store.put(createReadStream(file), { expectedKey: key });
}

const rowOf = (manifest: Manifest) => ({
  name: manifest.name,
  architecture: manifest.architecture,
  variant: manifest.variant,
  config: (manifest.config as Prisma.InputJsonValue | null | undefined) ?? Prisma.DbNull,
  digest: manifest.digest,
  preprocessing: manifest.preprocessing,
  parameters: manifest.parameters,
  classes: manifest.classes ?? [],
  checkpointKey: manifest.checkpoint.sha256,
  checkpointBytes: manifest.checkpoint.bytes,
  checkpointFormat: manifest.checkpoint.format,
  manifest: manifest as Prisma.InputJsonObject,
  source: manifest.source ?? null,
  license: manifest.license ?? null,
});

const layersOf = ({ hookPoints }: Manifest) =>
  hookPoints.map(({ name, kind, shape, axes, channels, parameters, sources, receptiveField }, ordinal) => ({
    name,
    ordinal,
    kind,
    shape,
    axes,
    channels,
    parameters,
    sources,
    receptiveField: receptiveField ?? Prisma.DbNull,
  }));
