import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { buildDataset, checkDatasetName, filesIn, type BuildOptions } from '@fovea/data';
import { isFull, storageFull } from '../objects/filesystem.ts';
import { registerDataset, type DatasetRow, type DatasetServices } from './datasets.ts';

/**
 * Registers the images of an archive as it arrives, or nothing at all.
 * @throws DatasetError, PlatformError STORAGE_FULL
 */
export async function importUpload(
  services: DatasetServices & { readonly config: { readonly home: string } },
  upload: AsyncIterable<Uint8Array>,
  options: BuildOptions,
): Promise<DatasetRow> {
  checkDatasetName(options.name);
  await using workplace = await openWorkplace(services.config.home);
  const archive = path.join(workplace.folder, 'upload');
  const built = path.join(workplace.folder, 'dataset');
  await mkdir(built);
  const manifest = await receive(upload, archive)
    .then(() => buildDataset(archive, built, options))
    .catch((error: unknown) => {
      throw isFull(error) ? storageFull(services.config.home, error) : error;
    });
  // Awaited here: the workplace is removed when this function returns.
  return await registerDataset(services, manifest, filesIn(built, manifest));
}

const receive = (upload: AsyncIterable<Uint8Array>, file: string): Promise<void> =>
  pipeline(Readable.from(upload), createWriteStream(file));

/** A folder for as long as an import takes. */
async function openWorkplace(home: string) {
  const parent = path.join(home, 'incoming');
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(path.join(parent, 'dataset-'));
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}
