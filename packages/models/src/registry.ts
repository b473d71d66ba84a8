/**
 * The models of this machine: those that ship with Fovea, and those that were imported into
 * `<home>/models/<name>/{model.json, weights.safetensors or .onnx}`. A model appears there whole or not at all.
 */
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MalformedManifestError, ModelExistsError, ShippedModelError, UnknownModelError } from './errors.ts';
import type { HookedModel } from './hooked-model.ts';
import { modelNameSchema, readManifest, writeManifest, type Manifest } from './manifest.ts';
import { loadModel } from './load-model.ts';
import { writeAtomically } from './write-atomically.ts';

const shippedFolder = fileURLToPath(new URL('../checkpoints/', import.meta.url));

export interface RegisteredModel {
  readonly manifest: Manifest;
  readonly weightsPath: string;
  /** Comes with Fovea: it can be neither replaced nor removed. */
  readonly shipped: boolean;
}

/** Where this machine keeps its state: FOVEA_HOME, or `.fovea` at the root of the repository. */
export function foveaHome(): string {
  return resolve(process.env.FOVEA_HOME || fileURLToPath(new URL('../../../.fovea', import.meta.url)));
}

/** Shipped models first, then imported ones by name; none of them is read. */
export async function listModelNames(home = foveaHome()): Promise<string[]> {
  return (await Promise.all([shippedNames(), importedNames(home)])).flat();
}

/**
 * In the order of their names as above.
 * @throws MalformedManifestError
 */
export async function listModels(home = foveaHome()): Promise<RegisteredModel[]> {
  const names = await listModelNames(home);
  return Promise.all(names.map((name) => findModel(name, home)));
}

/** @throws UnknownModelError, MalformedManifestError */
export async function findModel(name: string, home = foveaHome()): Promise<RegisteredModel> {
  const [shipped, imported] = await Promise.all([shippedNames(), importedNames(home)]);
  if (shipped.includes(name)) return readShipped(name);
  if (imported.includes(name)) return readImported(home, name);
  throw new UnknownModelError(name, [...shipped, ...imported]);
}

/** @throws UnknownModelError, CorruptCheckpointError */
export async function loadRegisteredModel(name: string, home = foveaHome()): Promise<HookedModel> {
  const { manifest, weightsPath } = await findModel(name, home);
  return loadModel(manifest, weightsPath);
}

/**
 * Copies the weights and writes the manifest. Registering the same model again mends what has become of its files.
 * @throws ModelExistsError, ShippedModelError
 */
export async function register(
  manifest: Manifest,
  weights: string,
  home = foveaHome(),
): Promise<RegisteredModel> {
  const { name } = manifest;
  if ((await shippedNames()).includes(name)) throw new ShippedModelError(name);
  const folder = folderOf(home, name);
  if ((await importedNames(home)).includes(name)) {
    const present = await digestIn(folder);
    if (present !== undefined && present !== manifest.digest) throw new ModelExistsError(name);
    await writeModel(folder, manifest, weights);
    return readImported(home, name);
  }
  const staging = join(home, 'models', `.${name}.${randomUUID()}`);
  try {
    await mkdir(staging, { recursive: true });
    await writeModel(staging, manifest, weights);
    await rename(staging, folder);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    // Another process was faster with a model of this name.
    if ((error as NodeJS.ErrnoException).code === 'ENOTEMPTY') return register(manifest, weights, home);
    throw error;
  }
  return readImported(home, name);
}

async function writeModel(folder: string, manifest: Manifest, weights: string): Promise<void> {
  await writeAtomically(join(folder, weightsFile(manifest)), createReadStream(weights));
  await writeManifest(join(folder, 'model.json'), manifest);
}

/** Undefined where the manifest cannot be read, which asks for another import. */
async function digestIn(folder: string): Promise<string | undefined> {
  try {
    return (await readManifest(join(folder, 'model.json'))).digest;
  } catch (error) {
    if (error instanceof MalformedManifestError) return undefined;
    throw error;
  }
}

/** @throws UnknownModelError, ShippedModelError */
export async function removeModel(name: string, home = foveaHome()): Promise<void> {
  const [shipped, imported] = await Promise.all([shippedNames(), importedNames(home)]);
  if (shipped.includes(name)) throw new ShippedModelError(name);
  if (!imported.includes(name)) throw new UnknownModelError(name, [...shipped, ...imported]);
  const leaving = join(home, 'models', `.${name}.${randomUUID()}`);
  await rename(folderOf(home, name), leaving);
  await rm(leaving, { recursive: true });
}

async function readShipped(name: string): Promise<RegisteredModel> {
  return {
    manifest: await readManifest(join(shippedFolder, `${name}.json`)),
    weightsPath: join(shippedFolder, `${name}.safetensors`),
    shipped: true,
  };
}

async function readImported(home: string, name: string): Promise<RegisteredModel> {
  const folder = folderOf(home, name);
  const manifest = await readManifest(join(folder, 'model.json'));
  return { manifest, weightsPath: join(folder, weightsFile(manifest)), shipped: false };
}

function weightsFile({ checkpoint }: Manifest): string {
  return `weights.${checkpoint.format}`;
}

function folderOf(home: string, name: string): string {
  return join(home, 'models', name);
}

async function shippedNames(): Promise<string[]> {
  const files = await entriesOf(shippedFolder);
  return files.filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -'.json'.length));
}

/** Folders that are being written begin with a dot, which no model's name does. */
async function importedNames(home: string): Promise<string[]> {
  const folders = await entriesOf(join(home, 'models'));
  return folders.filter((folder) => modelNameSchema.safeParse(folder).success).sort();
}

async function entriesOf(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
