/**
 * Sets up tfjs-node(-gpu) with a libtensorflow of one's own, since npm cannot always fetch the one that the
 * package asks for. Newer TensorFlows than the package was made for (2.18 to 2.21) bind with the same source.
 */
import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { fetchLibtensorflow, findLibtensorflow, type Libtensorflow } from './libtensorflow.ts';
import { TensorflowInstallError } from './tensorflow-install-error.ts';
import {
  defaultHome,
  findInstalledPackage,
  privateCopy,
  type TensorflowVariant,
} from './tensorflow-package.ts';

const run = promisify(execFile);

export interface InstallTensorflowOptions {
  readonly variant: TensorflowVariant;
  /** Folder, .tar.gz, .zip or .whl, as a path or an address: TensorFlow's C library, or its Python wheel. */
  readonly libtensorflow: string;
  /** Default: FOVEA_HOME, or `.fovea` in the repository. */
  readonly home?: string | undefined;
  readonly onProgress?: ((message: string) => void) | undefined;
}

/**
 * Installs below `<home>/backends/<variant>` and proves the result by starting it in a process of its own.
 * Throws TensorflowInstallError, which says which stage failed. Returns the folder of the package.
 */
export async function installTensorflow(options: InstallTensorflowOptions): Promise<string> {
  const { variant, home = defaultHome(), onProgress = () => {} } = options;
  if (process.platform !== 'linux') {
    throw new TensorflowInstallError('platform', `it builds on Linux, not on ${process.platform}`);
  }
  const folder = privateCopy(variant, home);
  const unpacked = await fetchLibtensorflow(
    options.libtensorflow,
    join(home, 'backends', variant),
    onProgress,
  );
  const library = await findLibtensorflow(unpacked);
  onProgress(`Found ${library.libtensorflow}`);
  await copyPackage(variant, folder);
  await linkLibrary(folder, library);
  onProgress('Compiling the binding');
  await compileBinding(folder);
  onProgress('Starting it');
  await prove(variant, home);
  return folder;
}

/** tfjs-node and tfjs-node-gpu are one package under two names, and tell the variant by the name. */
async function copyPackage(variant: TensorflowVariant, folder: string): Promise<void> {
  const source = findInstalledPackage('@tensorflow/tfjs-node-gpu');
  if (source === null) {
    throw new TensorflowInstallError(
      'package',
      '@tensorflow/tfjs-node-gpu, an optional dependency, is not installed',
    );
  }
  await rm(folder, { recursive: true, force: true });
  await cp(source, folder, { recursive: true, dereference: true });
  const path = join(folder, 'package.json');
  const manifest = JSON.parse(await readFile(path, 'utf8')) as {
    name: string;
    dependencies: Record<string, string>;
  };
  manifest.name = variant === 'tensorflow' ? '@tensorflow/tfjs-node' : '@tensorflow/tfjs-node-gpu';
  await writeFile(path, JSON.stringify(manifest, null, 2));
  for (const name of Object.keys(manifest.dependencies)) await linkDependency(name, source, folder);
  // The package imports this one without declaring it.
  await linkDependency('@tensorflow/tfjs-core', packageFolder('@tensorflow/tfjs', source), folder);
}

/** Above all @tensorflow/tfjs, of which there must be one only: kernels register with the one they import. */
async function linkDependency(name: string, importer: string, folder: string): Promise<void> {
  const link = join(folder, 'node_modules', name);
  await mkdir(dirname(link), { recursive: true });
  await rm(link, { recursive: true, force: true });
  await symlink(packageFolder(name, importer), link);
}

/** Folder of the package `name` as the package in the folder `importer` would import it. */
function packageFolder(name: string, importer: string): string {
  return dirname(createRequire(join(importer, 'package.json')).resolve(`${name}/package.json`));
}

async function linkLibrary(folder: string, library: Libtensorflow): Promise<void> {
  const target = join(folder, 'deps', 'lib');
  await rm(join(folder, 'deps'), { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  // All the names by which the binding, and the two libraries each other, ask for them.
  for (const name of ['libtensorflow.so', 'libtensorflow.so.2', 'libtensorflow_cc.so.2']) {
    await symlink(library.libtensorflow, join(target, name));
  }
  for (const name of ['libtensorflow_framework.so', 'libtensorflow_framework.so.2']) {
    await symlink(library.framework, join(target, name));
  }
  await symlink(library.include, join(folder, 'deps', 'include'));
}

/** The binding uses nothing but Node-API, which is stable: its headers do, and no part of Node is downloaded. */
async function compileBinding(folder: string): Promise<void> {
  const { include_dir: headers } = createRequire(import.meta.url)('node-api-headers') as {
    include_dir: string;
  };
  const output = join(folder, 'lib', 'napi-v8');
  await mkdir(output, { recursive: true });
  const compiler = process.env.CXX || 'c++';
  try {
    await run(compiler, bindingArguments(folder, headers, output));
  } catch (error) {
    const { code, stderr } = error as NodeJS.ErrnoException & { stderr?: string };
    const reason = code === 'ENOENT' ? `there is no C++ compiler \`${compiler}\`` : (stderr ?? String(error));
    throw new TensorflowInstallError('compile', reason, { cause: error });
  }
}

function bindingArguments(folder: string, headers: string, output: string): string[] {
  const deps = join(folder, 'deps');
  const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => join(folder, 'binding', name));
  const language = ['-shared', '-fPIC', '-O2', '-std=c++17', '-DNAPI_VERSION=8'];
  const includes = [headers, folder, join(deps, 'include')].map((path) => `-I${path}`);
  const libraries = [`-L${join(deps, 'lib')}`, '-ltensorflow', '-ltensorflow_framework'];
  const target = ['-Wl,-rpath,$ORIGIN/../../deps/lib', '-o', join(output, 'tfjs_binding.node')];
  return [...language, ...includes, ...sources, ...libraries, ...target];
}

/** In a process of its own: a binding that crashes takes nothing else with it. */
async function prove(variant: TensorflowVariant, home: string): Promise<void> {
  const entry = new URL('../index.ts', import.meta.url).href;
  const script = `const { startBackend, tf } = await import(${JSON.stringify(entry)});
    await startBackend({ force: ${JSON.stringify(variant)} });
    if (tf.matMul(tf.ones([2, 3]), tf.ones([3, 2])).sum().dataSync()[0] !== 12) process.exit(1);`;
  try {
    await run(process.execPath, ['--input-type=module', '--eval', script], {
      env: { ...process.env, FOVEA_HOME: home },
    });
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    throw new TensorflowInstallError('start', stderr || String(error), { cause: error });
  }
}
