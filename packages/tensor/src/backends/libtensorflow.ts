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

/** Returns the folder that holds it: `source` itself, or what its archive was unpacked to below `folder`. */
export async function fetchLibtensorflow(
  source: string,
  folder: string,
  onProgress: (message: string) => void,
): Promise<string> {
  const path = /^https?:/.test(source) ? await download(source, folder, onProgress) : resolve(source);
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
      const AdmZip = require('adm-zip') as new (path: string) => { extractAllTo(folder: string): void };
      new AdmZip(archive).extractAllTo(folder);
    } else {
      const tar = require('tar') as { extract(options: { file: string; cwd: string }): Promise<void> };
      await tar.extract({ file: archive, cwd: folder });
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
