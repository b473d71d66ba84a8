/** `fovea model import` and `fovea model pull`: new models for this machine, and for the server where one answers. */
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { unwrap } from '@fovea/client';
import {
  fileName,
  findPublishedModel,
  importModel,
  publishedModels,
  pullModel,
  type PublishedFile,
  type PulledFile,
  type RegisteredModel,
} from '@fovea/models';
import { startBackend } from '@fovea/tensor';
import { callerPath } from '../caller-path.ts';
import { readClasses } from '../classes-file.ts';
import { downloadProgress } from '../download-progress.ts';
import { badInput, exitCodes, type ExitCode } from '../exit-codes.ts';
import { photographsIn } from '../images.ts';
import { preprocessingOf, type PreprocessingOptions } from '../preprocessing-options.ts';
import { reachServerIfAny, type Server } from '../server.ts';
import { printJson, printTable } from '../table.ts';

interface CommonOptions {
  readonly api?: string;
  readonly json?: boolean;
}

export interface ImportModelOptions extends CommonOptions, PreprocessingOptions {
  readonly architecture?: string;
  readonly variant?: string;
  readonly name?: string;
  readonly classes?: string;
  readonly images?: string;
  readonly source?: string;
  readonly license?: string;
}

export async function importFrom(path: string, options: ImportModelOptions): Promise<ExitCode> {
  const preprocessing = preprocessingOf(options);
  const { architecture, variant, name, source, license, classes, images } = options;
  await startBackend();
  const model = await importModel(callerPath(path), architecture, {
    variant,
    name,
    source,
    license,
    preprocessing,
    classes: classes === undefined ? undefined : await readClasses(classes),
    photographs: images === undefined ? undefined : photographsIn(images),
  });
  await announce(model, options);
  return exitCodes.ok;
}

export interface PullOptions extends CommonOptions {
  readonly list?: boolean;
  readonly mirror?: string;
}

export async function pull(name: string | undefined, options: PullOptions): Promise<ExitCode> {
  if (options.list) {
    listPublished(options);
    return exitCodes.ok;
  }
  if (name === undefined) throw badInput('Name a model, or see them all with --list');
  const published = findPublishedModel(name);
  const { mirror, json = false } = options;
  await startBackend();
  const progress = downloadProgress(json);
  const { model, files } = await pullModel(published, { mirror, onProgress: progress.update }).finally(
    progress.end,
  );
  for (const file of files) process.stderr.write(`${verified(file)}\n`);
  process.stderr.write(`licence: ${published.license}\n`);
  await announce(model, options, { files });
  return exitCodes.ok;
}

function listPublished({ json }: CommonOptions): void {
  if (json) {
    printJson(publishedModels);
    return;
  }
  printTable(
    ['NAME', 'ARCHITECTURE', 'SIZE', 'SHA256', 'LICENCE', 'FROM'],
    publishedModels.map(({ name, architecture, files, license }) => [
      name,
      architecture,
      sizeOf(files[0]!),
      hashOf(files[0]!),
      license,
      new URL(files[0]!.url).host,
    ]),
  );
}

function sizeOf({ bytes, mebibytes = bytes && bytes / 2 ** 20 }: PublishedFile): string {
  return mebibytes === undefined ? 'stated on pull' : `${mebibytes.toFixed(1)} MiB`;
}

function hashOf({ sha256 }: PublishedFile): string {
  if (sha256 === undefined) return 'stated on pull';
  return sha256.length === 64 ? sha256.slice(0, 12) : `${sha256} (all that is published)`;
}

function verified({ url, sha256, agreeingDigits }: PulledFile): string {
  const file = fileName({ url });
  if (agreeingDigits === 64) return `${file}: sha256 ${sha256}, as recorded for this source`;
  if (agreeingDigits > 0) {
    return `${file}: sha256 ${sha256}, of which the first ${agreeingDigits} digits are published and agree`;
  }
  return `${file}: sha256 ${sha256}, recorded as it came, since no hash of it is published`;
}

/** Also registers it where a server answers. */
async function announce(
  model: RegisteredModel,
  { api, json }: CommonOptions,
  more: object = {},
): Promise<void> {
  const server = await reachServerIfAny(api);
  if (server !== null) await registerOn(server, model);
  const { name, digest, architecture, variant, selfTest } = model.manifest;
  for (const warning of selfTest.warnings) process.stderr.write(`warning: ${warning}\n`);
  if (json) printJson({ name, architecture, variant, digest, server: server?.url ?? null, ...more });
  else {
    const where = server ? ` here and at ${server.url}` : '';
    process.stdout.write(`${name} is registered${where}: ${architecture}, ${variant}\n`);
  }
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
