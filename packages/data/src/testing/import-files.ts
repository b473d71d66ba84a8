import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Dataset } from '../dataset.ts';
import { buildDataset, filesIn, type BuildOptions } from '../import/build-dataset.ts';
import type { DatasetManifest } from '../manifest.ts';
import { openDataset } from '../open-dataset.ts';
import { writeFiles, type Files } from './pictures.ts';
import type { TemporaryFolder } from './temporary-folder.ts';

export interface Imported {
  readonly manifest: DatasetManifest;
  readonly dataset: Dataset;
}

/** An archive, or another file that holds images. */
export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Imports files out of a folder, one file, or what lies at a path; for as long as the test lasts. */
export async function importFiles(
  folder: TemporaryFolder,
  given: Files | NamedFile | string,
  options: Partial<BuildOptions> = {},
): Promise<Imported> {
  const built = await folder.fresh();
  const manifest = await buildDataset(await placed(folder, given), built, { name: 'test', ...options });
  const dataset = await openDataset(manifest, filesIn(built, manifest));
  onTestFinished(() => dataset.close());
  return { manifest, dataset };
}

async function placed(folder: TemporaryFolder, given: Files | NamedFile | string): Promise<string> {
  if (typeof given === 'string') return given;
  const source = await folder.fresh();
  if (!isNamedFile(given)) return writeFiles(source, given);
  const file = path.join(source, given.name);
  await writeFile(file, given.bytes);
  return file;
}

const isNamedFile = (given: Files | NamedFile): given is NamedFile => typeof given.name === 'string';

/** Ids of the images of a split. */
export const idsOf = ({ dataset }: Imported, split: string): string[] =>
  Array.from({ length: dataset.splits[split] ?? 0 }, (_, index) => dataset.entry(split, index).id);
