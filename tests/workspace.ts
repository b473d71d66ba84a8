import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

export interface WorkspacePackage {
  /** `@fovea/tensor` */
  readonly name: string;
  /** From the root: `packages/tensor` */
  readonly folder: string;
  readonly dependencies: readonly string[];
  /** For its tests. */
  readonly devDependencies: readonly string[];
  /** `.` or `./schema`, to its file. */
  readonly exports: Readonly<Record<string, string>>;
}

interface Manifest {
  name: string;
  exports?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

export function workspacePackages(): WorkspacePackage[] {
  return globSync('{apps,packages}/*/package.json', { cwd: root }).map((file) => {
    const manifest = JSON.parse(readFileSync(join(root, file), 'utf8')) as Manifest;
    const { name, dependencies, devDependencies = {}, optionalDependencies, exports = {} } = manifest;
    return {
      name,
      folder: dirname(file),
      dependencies: Object.keys({ ...dependencies, ...optionalDependencies }),
      devDependencies: Object.keys(devDependencies),
      exports,
    };
  });
}

/** Absolute paths of the sources of a package. */
export function sourceFiles({ folder }: WorkspacePackage): string[] {
  return globSync('**/*.{ts,tsx,mts}', {
    cwd: join(root, folder),
    exclude: (name) => ['node_modules', '.next', 'generated'].includes(name),
  }).map((file) => join(root, folder, file));
}

export function fromRoot(file: string): string {
  return relative(root, file);
}
