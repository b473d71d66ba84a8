import type { ImageDataset } from '@fovea/data';
import type { Dataset } from '../../../../prisma/generated/client.ts';
import type { Database } from '../database.ts';
import { alone } from '../lock.ts';

/** The same name and digest again changes nothing. */
export const registerDataset = (
  db: Database,
  { name, digest, classes, height, width, sizes }: ImageDataset,
  description: string,
): Promise<Dataset> =>
  alone(db, `dataset ${name} ${digest}`, (transaction) =>
    transaction.dataset.upsert({
      where: { name_digest: { name, digest } },
      create: {
        name,
        digest,
        kind: 'procedural',
        description,
        classes: [...classes],
        splits: { ...sizes },
        parameters: { height, width },
      },
      update: {},
    }),
  );
