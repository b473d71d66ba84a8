/** `fovea model …`: the models of this machine, and of the server where one answers. */
import { unwrap } from '@fovea/client';
import {
  findArchitecture,
  findModel,
  findVariant,
  importModel,
  listModels as listRegistered,
  loadModel,
  removeModel as removeRegistered,
  selfTest,
  type RegisteredModel,
} from '@fovea/models';
import { startBackend } from '@fovea/tensor';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { callerPath } from '../caller-path.ts';
import { badInput, exitCodes, type ExitCode } from '../exit-codes.ts';
import { readImages } from '../images.ts';
import { reachServerIfAny, type Server } from '../server.ts';
import { printJson, printTable } from '../table.ts';

export interface ImportModelOptions {
  readonly api?: string;
  readonly json?: boolean;
  readonly architecture: string;
  readonly variant?: string;
  readonly name?: string;
  readonly classes?: string;
  readonly images?: string;
  readonly source?: string;
  readonly license?: string;
}

export async function importFrom(path: string, options: ImportModelOptions): Promise<ExitCode> {
  await startBackend();
  const { architecture, variant, name, source, license } = options;
  const model = await importModel(callerPath(path), architecture, {
    variant,
    name,
    source,
    license,
    classes: options.classes === undefined ? undefined : await readClasses(options.classes),
    images:
      options.images === undefined ? undefined : await readProbes(options.images, architecture, variant),
  });
  const server = await reachServerIfAny(options.api);
  if (server !== null) await registerOn(server, model);
  const { manifest } = model;
  for (const warning of manifest.selfTest.warnings) process.stderr.write(`warning: ${warning}\n`);
  if (options.json) printJson({ name: manifest.name, digest: manifest.digest, server: server?.url ?? null });
  else process.stdout.write(`${manifest.name} is registered${server ? ` here and at ${server.url}` : ''}\n`);
  return exitCodes.ok;
}

export async function listModels({ json }: { json?: boolean }): Promise<ExitCode> {
  const models = await listRegistered();
  if (json) printJson(models.map(({ manifest }) => manifest));
  else {
    printTable(
      ['NAME', 'ARCHITECTURE', 'PARAMETERS', 'LAYERS', 'INPUT', 'DIGEST'],
      models.map(({ manifest: { name, architecture, parameters, hookPoints, preprocessing, digest } }) => [
        name,
        architecture,
        parameters.toLocaleString('en'),
        String(hookPoints.length),
        `${preprocessing.height}×${preprocessing.width}`,
        digest.slice(0, 12),
      ]),
    );
  }
  return exitCodes.ok;
}

export async function showModel(name: string, { json }: { json?: boolean }): Promise<ExitCode> {
  const { manifest } = await findModel(name);
  if (json) {
    printJson(manifest);
    return exitCodes.ok;
  }
  const { architecture, digest, parameters, preprocessing, source, license, hookPoints } = manifest;
  const facts = {
    architecture,
    digest,
    parameters,
    preprocessing: JSON.stringify(preprocessing),
    source,
    license,
  };
  for (const [fact, value] of Object.entries(facts)) {
    if (value !== undefined) process.stdout.write(`${fact}: ${value}\n`);
  }
  printTable(
    ['LAYER', 'KIND', 'SHAPE', 'PARAMETERS', 'RECEPTIVE FIELD'],
    hookPoints.map((point) => [
      point.name,
      point.kind,
      point.shape.join('×'),
      point.parameters.toLocaleString('en'),
      point.receptiveField ? `${point.receptiveField.size} px` : 'whole image',
    ]),
  );
  return exitCodes.ok;
}

/** Reads the weights again, which verifies their sha256, and repeats the self-test. */
export async function checkModel(name: string, { json }: { json?: boolean }): Promise<ExitCode> {
  await startBackend();
  const { manifest, weightsPath } = await findModel(name);
  const model = await loadModel(manifest, weightsPath);
  const tested = await selfTest(model);
  model.dispose();
  if (json) printJson(tested);
  else if (tested.warnings.length === 0) process.stdout.write(`${name} is sound\n`);
  for (const warning of tested.warnings) process.stderr.write(`warning: ${warning}\n`);
  return tested.warnings.length === 0 ? exitCodes.ok : exitCodes.failed;
}

export async function removeModel(name: string): Promise<ExitCode> {
  await removeRegistered(name);
  process.stdout.write(`${name} is removed from this machine\n`);
  return exitCodes.ok;
}

async function registerOn(
  { url, client }: Server,
  { manifest, weightsPath }: RegisteredModel,
): Promise<void> {
  const { sha256 } = manifest.checkpoint;
  const upload = await fetch(new URL(`/checkpoints/${sha256}`, url), {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream' },
    body: Readable.toWeb(createReadStream(weightsPath)) as ReadableStream,
    duplex: 'half',
  });
  unwrap({ response: upload, error: upload.ok ? undefined : await upload.json().catch(() => undefined) });
  unwrap(await client.POST('/models', { body: { ...manifest } }));
}

async function readProbes(folder: string, architectureName: string, variantName?: string) {
  const architecture = findArchitecture(architectureName);
  const variant =
    variantName === undefined ? architecture.variants[0] : findVariant(architecture, variantName);
  const { height, width } = variant.preprocessing;
  return readImages(callerPath(folder), height, width);
}

/** One name a line. */
async function readClasses(file: string): Promise<string[]> {
  const text = await readFile(callerPath(file), 'utf8').catch((error: Error) => {
    throw badInput(`--classes cannot be read: ${error.message}`);
  });
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.trim());
}
