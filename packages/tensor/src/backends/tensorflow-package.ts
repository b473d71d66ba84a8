/** Where tfjs-node(-gpu) may lie: it is an optional dependency of the apps, or a private copy below FOVEA_HOME. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export type TensorflowVariant = 'tensorflow' | 'tensorflow-gpu';

const packageNames = { tensorflow: '@tensorflow/tfjs-node', 'tensorflow-gpu': '@tensorflow/tfjs-node-gpu' };

const repository = fileURLToPath(new URL('../../../../', import.meta.url));

/** FOVEA_HOME, or `.fovea` at the root of the repository. */
export function defaultHome(): string {
  return resolve(process.env.FOVEA_HOME || join(repository, '.fovea'));
}

/** The folder in which an installed variant lies, whether or not it does. */
export function privateCopy(variant: TensorflowVariant, home: string): string {
  return join(home, 'backends', variant, 'node_modules', packageNames[variant]);
}

/** Folder of the package of a variant: the private copy first; null where there is none. */
export function findTensorflowPackage(variant: TensorflowVariant, home = defaultHome()): string | null {
  const copy = privateCopy(variant, home);
  return existsSync(join(copy, 'package.json')) ? copy : findInstalledPackage(packageNames[variant]);
}

/** Folder of a package as this package or the worker, whose optional dependency it is, would import it. */
export function findInstalledPackage(name: string): string | null {
  for (const importer of [import.meta.url, join(repository, 'apps/worker/package.json')]) {
    try {
      return dirname(createRequire(importer).resolve(`${name}/package.json`));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    }
  }
  return null;
}
