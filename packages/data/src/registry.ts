/**
 * The datasets of this machine: those that ship with Fovea, and those that were imported into
 * `<home>/datasets/<name>/{dataset.json, index.arrow, pack-0000.bin, ...}`. One appears there whole or not at all.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import {
  CorruptDatasetError,
  DatasetError,
  DatasetExistsError,
  ShippedDatasetError,
  UnknownDatasetError,
} from './errors.ts';
import { generatedManifest, generators, stimulusSetManifest } from './generators.ts';
import { buildDataset, filesIn, type BuildOptions } from './import/build-dataset.ts';
import { datasetManifestSchema, datasetNameSchema, type DatasetManifest } from './manifest.ts';
import type { DatasetFiles } from './open-dataset.ts';
import type { StimulusSetSpecification } from './stimuli/stimulus-set.ts';

export interface RegisteredDataset {
  readonly manifest: DatasetManifest;
  /** Null where the images are drawn. */
  readonly files: DatasetFiles | null;
  /** Comes with Fovea: it can be neither replaced nor removed. */
  readonly shipped: boolean;
}

const manifestName = 'dataset.json';

/** Shipped datasets first, then imported ones by name. */
export const listDatasetNames = async (home: string): Promise<string[]> => [
  ...Object.keys(generators),
  ...(await importedNames(home)),
];

/** @throws UnknownDatasetError, CorruptDatasetError */
export async function findDataset(name: string, home: string): Promise<RegisteredDataset> {
  if (Object.hasOwn(generators, name))
    return { manifest: generatedManifest(name, {}), files: null, shipped: true };
  if ((await importedNames(home)).includes(name)) return readImported(name, home);
  throw new UnknownDatasetError(name, await listDatasetNames(home));
}

/**
 * Imports what lies at `source` under a name of its own. The same images under the same name again change nothing but
 * what is said of them.
 * @throws SourceError, InvalidDatasetNameError, ShippedDatasetError, DatasetExistsError
 */
export async function importDataset(
  source: string,
  home: string,
  options: BuildOptions,
): Promise<RegisteredDataset> {
  const name = checkDatasetName(options.name);
  const folder = folderOf(name, home);
  const staging = path.join(home, 'datasets', `.${name}.${randomUUID()}`);
  try {
    await mkdir(staging, { recursive: true });
    const manifest = await buildDataset(source, staging, options);
    await writeFile(path.join(staging, manifestName), `${JSON.stringify(manifest, null, 2)}\n`, {
      flush: true,
    });
    if ((await importedNames(home)).includes(name)) {
      const { manifest: present } = await readImported(name, home);
      if (present.digest !== manifest.digest) throw new DatasetExistsError(name);
      await rm(folder, { recursive: true });
    }
    await rename(staging, folder);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return readImported(name, home);
}

/**
 * Registers a stimulus set under a name of its own. Whatever stimulus set had the name before is replaced.
 * @throws DatasetError, ShippedDatasetError, DatasetExistsError where the name is that of a dataset of files
 */
export async function registerStimulusSet(
  name: string,
  specification: StimulusSetSpecification,
  home: string,
): Promise<RegisteredDataset> {
  const folder = folderOf(checkDatasetName(name), home);
  const manifest = stimulusSetManifest(name, specification);
  if ((await importedNames(home)).includes(name)) {
    const present = await readImported(name, home);
    if (present.files !== null) throw new DatasetExistsError(name);
  }
  await mkdir(folder, { recursive: true });
  const written = path.join(folder, `.${manifestName}.${randomUUID()}`);
  await writeFile(written, `${JSON.stringify(manifest, null, 2)}\n`, { flush: true });
  await rename(written, path.join(folder, manifestName));
  return { manifest, files: null, shipped: false };
}

/** @throws UnknownDatasetError, ShippedDatasetError */
export async function removeDataset(name: string, home: string): Promise<void> {
  if (Object.hasOwn(generators, name)) throw new ShippedDatasetError(name);
  if (!(await importedNames(home)).includes(name))
    throw new UnknownDatasetError(name, await listDatasetNames(home));
  const leaving = path.join(home, 'datasets', `.${name}.${randomUUID()}`);
  await rename(folderOf(name, home), leaving);
  await rm(leaving, { recursive: true });
}

/** @throws DatasetError INVALID_DATASET_NAME, ShippedDatasetError */
export function checkDatasetName(name: string): string {
  const parsed = datasetNameSchema.safeParse(name);
  if (!parsed.success)
    throw new DatasetError(
      'INVALID_DATASET_NAME',
      `${JSON.stringify(name)} cannot name a dataset: ${parsed.error.issues[0]!.message}`,
    );
  if (Object.hasOwn(generators, name)) throw new ShippedDatasetError(name);
  return name;
}

async function readImported(name: string, home: string): Promise<RegisteredDataset> {
  const folder = folderOf(name, home);
  const manifest = await readManifest(name, path.join(folder, manifestName));
  const files = manifest.content.type === 'stored' ? filesIn(folder, manifest) : null;
  return { manifest, files, shipped: false };
}

async function readManifest(name: string, file: string): Promise<DatasetManifest> {
  try {
    return datasetManifestSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    const fault = cause instanceof z.ZodError ? z.prettifyError(cause) : (cause as Error).message;
    throw new CorruptDatasetError(name, `${file}: ${fault}`, { cause });
  }
}

const folderOf = (name: string, home: string) => path.join(home, 'datasets', name);

/** Folders that are being written begin with a dot, which no dataset's name does. */
async function importedNames(home: string): Promise<string[]> {
  const folders = await readdir(path.join(home, 'datasets')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return folders.filter((folder) => datasetNameSchema.safeParse(folder).success).sort();
}
