/** Brings a libtensorflow to this machine and finds its parts, whatever the layout of its archive. */
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { TensorflowInstallError } from './tensorflow-install-error.ts';
import { findInstalledPackage } from './tensorflow-package.ts';

export interface Libtensorflow {
  /** Exports the C API: libtensorflow.so of a C archive, libtensorflow_cc.so.2 of a Python wheel. */
  readonly libtensorflow: string;
  readonly framework: string;
  /** Holds tensorflow/c/c_api.h. */
  readonly include: string;
}

/** Of a wheel of 1.3 GB unpacked, mostly Python's, this is what a binding needs. */
const neededFiles = /\.h$|(^|\/)libtensorflow[^/]*\.so[^/]*$/;

/** Returns the folder that holds it: `source` itself, or what its archive was unpacked to below `folder`. */
export async function fetchLibtensorflow(
  source: string,
  folder: string,
  onProgress: (message: string) => void,
): Promise<string> {
  if (/^https?:/.test(source)) {
    const archive = await download(source, folder, onProgress);
    const unpacked = await unpack(archive, join(folder, 'libtensorflow'), onProgress);
    await rm(archive);
    return unpacked;
  }
  const path = resolve(source);
  const found = await stat(path).catch(() => null);
  if (!found) throw new TensorflowInstallError('libtensorflow', `there is no file or folder ${path}`);
  return found.isDirectory() ? path : unpack(path, join(folder, 'libtensorflow'), onProgress);
}

async function download(url: string, folder: string, onProgress: (message: string) => void): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, basename(new URL(url).pathname));
  onProgress(`Downloading ${url}`);
  try {
    const response = await fetch(url);
    if (!response.ok || !response.body) throw new Error(`the server answered ${response.status}`);
    await pipeline(response.body, createWriteStream(path));
  } catch (error) {
    const { message, cause } = error as Error & { cause?: Error };
    throw new TensorflowInstallError('download', cause?.message ?? message, { cause: error });
  }
  return path;
}

interface ZipEntry {
  readonly entryName: string;
}
interface Zip {
  getEntries(): ZipEntry[];
  extractEntryTo(entry: ZipEntry, folder: string): boolean;
}
interface Tar {
  extract(options: { file: string; cwd: string; filter: (path: string) => boolean }): Promise<void>;
}

async function unpack(
  archive: string,
  folder: string,
  onProgress: (message: string) => void,
): Promise<string> {
  onProgress(`Unpacking ${archive}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  // tfjs-node-gpu brings both libraries along.
  const bundled = findInstalledPackage('@tensorflow/tfjs-node-gpu');
  if (bundled === null) {
    throw new TensorflowInstallError(
      'package',
      '@tensorflow/tfjs-node-gpu, an optional dependency, is not installed',
    );
  }
  const require = createRequire(join(bundled, 'package.json'));
  try {
    if (/\.(zip|whl)$/.test(archive)) {
      const AdmZip = require('adm-zip') as new (path: string) => Zip;
      const zip = new AdmZip(archive);
      const needed = zip.getEntries().filter(({ entryName }) => neededFiles.test(entryName));
      for (const entry of needed) zip.extractEntryTo(entry, folder);
    } else {
      const tar = require('tar') as Tar;
      await tar.extract({ file: archive, cwd: folder, filter: (path) => neededFiles.test(path) });
    }
  } catch (error) {
    throw new TensorflowInstallError('unpack', `${archive}: ${(error as Error).message}`, { cause: error });
  }
  return folder;
}

export async function findLibtensorflow(folder: string): Promise<Libtensorflow> {
  const files = await readdir(folder, { recursive: true });
  const first = (what: string, pattern: RegExp) => {
    const match = files.filter((file) => pattern.test(file)).sort((a, b) => a.length - b.length)[0];
    if (match === undefined) throw new TensorflowInstallError('libtensorflow', `${folder} holds no ${what}`);
    return join(folder, match);
  };
  const header = first('tensorflow/c/c_api.h', /(^|\/)tensorflow\/c\/c_api\.h$/);
  return {
    libtensorflow: first(
      'libtensorflow.so or libtensorflow_cc.so.2',
      /(^|\/)libtensorflow(_cc)?\.so(\.\d+)*$/,
    ),
    framework: first('libtensorflow_framework.so.2', /(^|\/)libtensorflow_framework\.so(\.\d+)*$/),
    include: resolve(header, '../../..'),
  };
}
