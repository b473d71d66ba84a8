/** Imports go down the floors of the house only (docs: architecture). */
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { moduleImports } from './module-imports.ts';
import { fromRoot, root, sourceFiles, workspacePackages, type WorkspacePackage } from './workspace.ts';

/** From the ground up; packages of one floor do not know each other. */
const floors = [
  ['@fovea/tensor'],
  ['@fovea/data', '@fovea/models'],
  ['@fovea/interp'],
  ['@fovea/experiments'],
  ['@fovea/platform', '@fovea/client'],
  ['@fovea/api', '@fovea/cli', '@fovea/web', '@fovea/worker'],
];

/** Entries that these may use of the floors below; their tests may use all. */
const narrower: Readonly<Record<string, readonly string[]>> = {
  '@fovea/client': [],
  '@fovea/web': ['@fovea/client', '@fovea/data/stimuli', '@fovea/experiments', '@fovea/experiments/schema'],
};

const packages = workspacePackages();

function allBelow({ name }: WorkspacePackage): readonly string[] {
  return floors
    .slice(
      0,
      floors.findIndex((names) => names.includes(name)),
    )
    .flat();
}

/** Whether a file of the package may import this of the workspace: what lies below and is depended on. */
function isImportable(one: WorkspacePackage, file: string, specifier: string): boolean {
  const { name, dependencies, devDependencies } = one;
  const imported = packageOf(specifier);
  if (isTest(file))
    return [...dependencies, ...devDependencies].includes(imported) && allBelow(one).includes(imported);
  const entries = narrower[name];
  return (
    dependencies.includes(imported) &&
    (entries ? entries.includes(specifier) : allBelow(one).includes(imported))
  );
}

function isTest(file: string): boolean {
  return /\.test\.tsx?$|\/tests\//.test(file);
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

test('every package has its floor', () => {
  expect(packages.map(({ name }) => name).sort()).toEqual(floors.flat().sort());
});

describe.each(packages.map((one) => [one.name, one] as const))('%s', (name, one) => {
  const imports = sourceFiles(one).flatMap((file) =>
    moduleImports(file).map((imported) => ({ file, ...imported })),
  );

  test('depends on floors below it only', () => {
    const wrong = [
      ...one.dependencies.filter(
        (dependency) => !(narrower[name]?.map(packageOf) ?? allBelow(one)).includes(dependency),
      ),
      ...one.devDependencies.filter((dependency) => !allBelow(one).includes(dependency)),
    ];
    expect(wrong.filter((dependency) => dependency.startsWith('@fovea/'))).toEqual([]);
  });

  test('imports floors below it only, and only what it depends on', () => {
    const wrong = imports.filter(({ file, specifier }) => {
      const imported = packageOf(specifier);
      return imported.startsWith('@fovea/') && imported !== name && !isImportable(one, file, specifier);
    });
    expect(wrong.map(({ file, specifier }) => `${fromRoot(file)} imports ${specifier}`)).toEqual([]);
  });

  test('leaves its folder for the database client alone, and in tests to start systems', () => {
    const outside = imports
      .filter(({ specifier }) => specifier.startsWith('.'))
      .map(({ file, specifier }) => ({ file, target: fromRoot(resolve(dirname(file), specifier)) }))
      .filter(({ file, target }) => {
        const allowed = [`${one.folder}/`, 'prisma/generated/', ...(isTest(file) ? ['scripts/'] : [])];
        return !allowed.some((folder) => target.startsWith(folder));
      });
    expect(outside.map(({ file, target }) => `${fromRoot(file)} imports ${target}`)).toEqual([]);
  });

  test('reaches the engine through @fovea/tensor only', () => {
    const engines = imports.filter(
      ({ specifier }) => specifier.startsWith('@tensorflow/') && name !== '@fovea/tensor',
    );
    expect(engines.map(({ file, specifier }) => `${fromRoot(file)} imports ${specifier}`)).toEqual([]);
  });
});

test('what browsers may import reaches no tensor engine', () => {
  const ofRuns = reachableModules(['packages/experiments/src/index.ts']);
  expect(ofRuns.filter(isEngine)).not.toEqual([]);
  const ofBrowsers = reachableModules([
    'packages/experiments/src/schema.ts',
    'packages/data/src/stimuli/stimuli.ts',
    'packages/client/src/index.ts',
  ]);
  expect(ofBrowsers.filter(isEngine)).toEqual([]);
});

function isEngine(module: string): boolean {
  return module.startsWith('packages/tensor/') || module.startsWith('@tensorflow/');
}

/** Files from the root and packages that loading these entries would load. */
function reachableModules(entries: readonly string[]): string[] {
  const reached = new Set<string>();
  const waiting = [...entries];
  for (let module = waiting.pop(); module !== undefined; module = waiting.pop()) {
    if (reached.has(module)) continue;
    reached.add(module);
    if (!module.endsWith('.ts')) continue;
    for (const { specifier, typeOnly } of moduleImports(join(root, module))) {
      if (!typeOnly) waiting.push(moduleOf(module, specifier));
    }
  }
  return [...reached];
}

function moduleOf(importer: string, specifier: string): string {
  if (specifier.startsWith('.')) return fromRoot(resolve(root, dirname(importer), specifier));
  const owner = packages.find(({ name }) => name === packageOf(specifier));
  if (owner === undefined) return packageOf(specifier);
  const entry = owner.exports[`.${specifier.slice(owner.name.length)}`];
  return entry === undefined ? specifier : fromRoot(resolve(root, owner.folder, entry));
}
