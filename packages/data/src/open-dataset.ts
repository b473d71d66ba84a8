import { readFile } from 'node:fs/promises';
import type { Dataset } from './dataset.ts';
import { CorruptDatasetError } from './errors.ts';
import { openGenerated } from './generators.ts';
import { factsOf, type DatasetManifest } from './manifest.ts';
import { packFiles } from './stored/pack-files.ts';
import { storedDataset } from './stored/stored-dataset.ts';

/** Where the objects of a stored dataset lie on this machine. */
export interface DatasetFiles {
  readonly packs: readonly string[];
  readonly index: string;
}

/**
 * @param files of a stored dataset; null where the images are drawn
 * @throws DatasetError
 */
export async function openDataset(manifest: DatasetManifest, files: DatasetFiles | null): Promise<Dataset> {
  const { content, name } = manifest;
  if (content.type === 'generated') return openGeneratedDataset(manifest);
  if (files === null) throw new CorruptDatasetError(name, 'its files are not on this machine');
  return storedDataset(manifest, await readFile(files.index), packFiles(files.packs));
}

/** @throws CorruptDatasetError where the generator has changed since */
export function openGeneratedDataset(manifest: DatasetManifest): Dataset {
  const { content } = manifest;
  if (content.type !== 'generated') throw new CorruptDatasetError(manifest.name, 'its images are not drawn');
  const { generator, parameters } = content;
  const drawn = openGenerated(generator, parameters);
  if (drawn.digest === manifest.digest) return { ...drawn, ...factsOf(manifest) };
  throw new CorruptDatasetError(
    manifest.name,
    `this version of Fovea draws other images than those that were registered (${drawn.digest.slice(0, 12)} in place of ${manifest.digest.slice(0, 12)})`,
  );
}
