/** From an official source to a registered model. */
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { importModel } from '../import-model.ts';
import { findModel, foveaHome, listModelNames, type RegisteredModel } from '../registry.ts';
import { download, type DownloadOptions, type Expected } from './download.ts';
import { fileName, type PublishedFile, type PublishedModel } from './published-model.ts';
import { DownloadFailedError, ManualDownloadError } from './pull-errors.ts';
import { unpackZip } from './unpack-zip.ts';

export interface PullOptions extends Pick<DownloadOptions, 'retries' | 'delayMs'> {
  /** A folder of a mirror, from which the files are fetched instead. They must be the same. */
  readonly mirror?: string;
  readonly onProgress?: (file: string, bytes: number, total: number | undefined) => void;
  /** Default: `foveaHome()`. */
  readonly home?: string;
}

export interface PulledFile {
  readonly url: string;
  readonly sha256: string;
  /** With how many digits of a published sha256 it agrees: 64 are all, at 0 there is nothing to compare with. */
  readonly agreeingDigits: number;
}

export interface PulledModel {
  readonly model: RegisteredModel;
  /** None if the model was here already. */
  readonly files: readonly PulledFile[];
}

/**
 * Downloads and verifies the files of a published model, below `<home>/downloads` while that lasts, and registers it
 * under its name, on the engine that is running.
 * @throws DownloadFailedError, WrongDownloadError, ManualDownloadError, and whatever importing throws
 */
export async function pullModel(
  published: PublishedModel,
  { home = foveaHome(), ...options }: PullOptions = {},
): Promise<PulledModel> {
  const { name, architecture, variant, weights = '.', crop, license, page: source } = published;
  if ((await listModelNames(home)).includes(name)) return { model: await findModel(name, home), files: [] };

  const folder = join(home, 'downloads', name);
  await mkdir(folder, { recursive: true });
  const files: PulledFile[] = [];
  for (const file of published.files) files.push(await pullFile(published, file, folder, options));
  const model = await importModel(join(folder, weights), architecture, {
    name,
    home,
    variant,
    preprocessing: crop === undefined ? undefined : { crop },
    license,
    source,
    classes: await classesOf(published, folder),
  });
  await rm(folder, { recursive: true });
  return { model, files };
}

async function pullFile(
  published: PublishedModel,
  file: PublishedFile,
  folder: string,
  { mirror, onProgress = () => {}, ...options }: Omit<PullOptions, 'home'>,
): Promise<PulledFile> {
  const url = mirror === undefined ? file.url : new URL(fileName(file), `${mirror.replace(/\/$/, '')}/`).href;
  const path = join(folder, fileName(file));
  try {
    const expected = mirror === undefined ? await expectedOf(file, path, options) : file;
    const sha256 = await download(url, path, {
      ...options,
      expected,
      onProgress: (bytes, total) => onProgress(fileName(file), bytes, total),
    });
    if (path.endsWith('.zip')) await unpackZip(path, dirname(path));
    return { url, sha256, agreeingDigits: expected.sha256?.length ?? 0 };
  } catch (error) {
    throw error instanceof DownloadFailedError ? new ManualDownloadError(published, error) : error;
  }
}

/** What is published of a file, or else what its host states: `oid sha256:<digits>` and `size <bytes>`. */
async function expectedOf(
  file: PublishedFile,
  path: string,
  options: Pick<DownloadOptions, 'retries' | 'delayMs'>,
): Promise<Expected> {
  if (file.lfsPointer === undefined) return file;
  const pointerPath = `${path}.pointer`;
  await download(file.lfsPointer, pointerPath, options);
  const pointer = await readFile(pointerPath, 'utf8');
  await rm(pointerPath);
  const sha256 = /^oid sha256:([0-9a-f]{64})$/m.exec(pointer)?.[1];
  const bytes = /^size (\d+)$/m.exec(pointer)?.[1];
  if (sha256 === undefined || bytes === undefined) {
    throw new DownloadFailedError(file.lfsPointer, 'it is no pointer of Git LFS');
  }
  return { sha256, bytes: Number(bytes) };
}

/** A list that is shorter than the network's output leaves its last logits without a class. */
async function classesOf({ classes }: PublishedModel, folder: string): Promise<string[] | undefined> {
  if (!classes) return undefined;
  const text = await readFile(join(folder, classes.file), 'utf8');
  const names = text.trimEnd().split(/\r?\n/);
  return Array.from({ length: classes.logits }, (_, index) => names[index] ?? `unused ${index}`);
}
