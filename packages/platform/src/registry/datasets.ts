import { imageCount, type DatasetManifest } from '@fovea/data';
import { closest } from '@fovea/models/closest';
import type { Dataset, Prisma } from '../../../../prisma/generated/client.ts';
import type { Database, Queryable } from '../database.ts';
import { PlatformError } from '../errors.ts';
import { alone } from '../lock.ts';

/** The newest dataset of that name. Throws DATASET_NOT_FOUND. */
export async function findDataset(db: Queryable, name: string): Promise<Dataset> {
  const dataset = await db.dataset.findFirst({ where: { name }, orderBy: { id: 'desc' } });
  if (dataset) return dataset;
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

/** The same name and digest again changes nothing; a changed dataset becomes what the name means. */
export const registerDataset = (db: Database, manifest: DatasetManifest): Promise<Dataset> =>
  alone(db, `dataset ${manifest.name} ${manifest.digest}`, (transaction) => {
    const { name, digest } = manifest;
    return transaction.dataset.upsert({
      where: { name_digest: { name, digest } },
      create: rowOf(manifest),
      update: {},
    });
  });

const rowOf = (manifest: DatasetManifest): Prisma.DatasetCreateInput => ({
  name: manifest.name,
  digest: manifest.digest,
  kind: manifest.content.type,
  description: manifest.description ?? null,
  license: manifest.license ?? null,
  source: manifest.source ?? null,
  classes: manifest.classes,
  splits: manifest.splits,
  images: imageCount(manifest),
  bytes: manifest.bytes,
  columns: manifest.columns,
  parameters: manifest.content.type === 'generated' ? manifest.content.parameters : {},
  problems: manifest.problems,
  objectKeys: [],
  manifest: manifest as Prisma.InputJsonObject,
});
