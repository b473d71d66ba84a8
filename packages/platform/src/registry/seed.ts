import { DatasetError, findDataset, listDatasetNames } from '@fovea/data';
import { findModel, listModelNames, ModelError } from '@fovea/models';
import type { Database } from '../database.ts';
import { isPlatformError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { registerDataset } from './datasets.ts';
import { registerModel } from './models.ts';

export interface SeedServices {
  readonly db: Database;
  readonly store: ObjectStore;
  readonly log: Logger;
}

/**
 * Makes known to the server what ships with Fovea and what this machine has imported under `home`. Safe to repeat. What
 * is damaged is logged and passed over: it must not keep the server from the others.
 */
export async function seedRegistry(services: SeedServices, home: string): Promise<void> {
  for (const name of await listModelNames(home)) await seedModel(services, name, home);
  for (const name of await listDatasetNames(home)) await seedDataset(services, name, home);
}

async function seedModel(services: SeedServices, name: string, home: string): Promise<void> {
  try {
    const { manifest, weightsPath } = await findModel(name, home);
    await registerModel(services, manifest, weightsPath);
  } catch (error) {
    if (!isDamage(error)) throw error;
    services.log.error({ err: error, model: name, home }, 'A model of this machine cannot be registered');
  }
}

async function seedDataset(services: SeedServices, name: string, home: string): Promise<void> {
  try {
    const { manifest, files } = await findDataset(name, home);
    await registerDataset(services, manifest, files);
  } catch (error) {
    if (!isDamage(error)) throw error;
    services.log.error({ err: error, dataset: name, home }, 'A dataset of this machine cannot be registered');
  }
}

const isDamage = (error: unknown) =>
  error instanceof ModelError ||
  error instanceof DatasetError ||
  isPlatformError(error, 'OBJECT_KEY_MISMATCH') ||
  (error as NodeJS.ErrnoException).code === 'ENOENT';
