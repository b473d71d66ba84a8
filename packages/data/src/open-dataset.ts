import type { Dataset } from './dataset.ts';
import { openGenerated } from './generators.ts';
import { factsOf, type DatasetManifest } from './manifest.ts';

/** Where the objects of a stored dataset lie on this machine. */
export interface DatasetFiles {
  readonly pack: string;
  readonly index: string;
}

/**
 * @param files of a stored dataset; null where the images are drawn
 * @throws DatasetError
 */
export async function openDataset(manifest: DatasetManifest, _files: DatasetFiles | null): Promise<Dataset> {
  const { generator, parameters } = manifest.content;
  return { ...openGenerated(generator, parameters), ...factsOf(manifest) };
}
