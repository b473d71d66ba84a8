import { proceduralImages } from '@fovea/data';
import { listModels } from '@fovea/models';
import type { Database } from '../database.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { registerDataset } from './datasets.ts';
import { registerModel } from './models.ts';

/**
 * Makes known to the server what ships with Fovea and what this machine has imported under `home`. Safe to repeat.
 * @throws MalformedManifestError from the disk registry
 */
export async function seedRegistry(
  services: { db: Database; store: ObjectStore },
  home: string,
): Promise<void> {
  for (const { manifest, weightsPath } of await listModels(home))
    await registerModel(services, manifest, weightsPath);
  await registerDataset(
    services.db,
    proceduralImages(),
    'Drawn patterns that tell curve from line from corner from texture from colour',
  );
}
