/** The datasets of this machine: those that ship with Fovea, and those imported into `<home>/datasets/<name>`. */
import type { Dataset } from './dataset.ts';
import { UnknownDatasetError } from './errors.ts';
import { generatedManifest, generators } from './generators.ts';
import type { DatasetManifest } from './manifest.ts';
import { openDataset, type DatasetFiles } from './open-dataset.ts';

export interface RegisteredDataset {
  readonly manifest: DatasetManifest;
  /** Null where the images are drawn. */
  readonly files: DatasetFiles | null;
  /** Comes with Fovea: it can be neither replaced nor removed. */
  readonly shipped: boolean;
}

/** @throws UnknownDatasetError */
export async function findDataset(name: string, _home: string): Promise<RegisteredDataset> {
  if (!Object.hasOwn(generators, name)) throw new UnknownDatasetError(name, Object.keys(generators));
  return { manifest: generatedManifest(name, {}), files: null, shipped: true };
}

/** @throws UnknownDatasetError */
export async function loadRegisteredDataset(name: string, home: string): Promise<Dataset> {
  const { manifest, files } = await findDataset(name, home);
  return openDataset(manifest, files);
}
