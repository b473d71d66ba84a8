/** `fovea dataset import`: images for this machine, and for the server where one answers. */
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { unwrap } from '@fovea/client';
import { imageCount, importDataset, type ClassFrom, type RegisteredDataset } from '@fovea/data';
import { foveaHome } from '@fovea/models';
import { callerPath } from '../caller-path.ts';
import { readClasses } from '../classes-file.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { importProgress } from '../import-progress.ts';
import { reachServerIfAny, type Server } from '../server.ts';
import { printJson } from '../table.ts';
import { printProblems } from './dataset.ts';

export interface ImportDatasetOptions {
  readonly api?: string;
  readonly json?: boolean;
  readonly name?: string;
  readonly license?: string;
  readonly source?: string;
  readonly description?: string;
  readonly classFrom?: ClassFrom;
  readonly classes?: string;
}

export async function importImages(given: string, options: ImportDatasetOptions): Promise<ExitCode> {
  const path = callerPath(given);
  const { api, json = false, license, source, description, classFrom, classes } = options;
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort());
  const progress = importProgress(json);
  const dataset = await importDataset(path, foveaHome(), {
    name: options.name ?? nameOf(path),
    license,
    source,
    description,
    classFrom,
    classes: classes === undefined ? undefined : await readClasses(classes),
    signal: interrupted.signal,
    onProgress: progress.update,
  }).finally(progress.end);
  const server = await reachServerIfAny(api);
  if (server !== null) await registerOn(server, dataset);
  tell(dataset, server, json);
  return exitCodes.ok;
}

/** That of the file, without what says how it is packed. */
const nameOf = (path: string) =>
  basename(path)
    .replace(/\.(zip|tar|tar\.gz|tgz|bin|gz|json|csv)$/i, '')
    .replaceAll(/[^A-Za-z0-9._-]+/g, '-');

async function registerOn({ url, client }: Server, { manifest, files }: RegisteredDataset): Promise<void> {
  const { content } = manifest;
  if (content.type !== 'stored' || files === null) return;
  for (const [pack, { sha256 }] of content.packs.entries()) await send(url, sha256, files.packs[pack]!);
  await send(url, content.index.sha256, files.index);
  unwrap(await client.POST('/datasets', { body: manifest }));
}

async function send(api: string, sha256: string, file: string): Promise<void> {
  const upload = await fetch(new URL(`/dataset-objects/${sha256}`, api), {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream' },
    body: Readable.toWeb(createReadStream(file)) as ReadableStream,
    duplex: 'half',
  });
  unwrap({ response: upload, error: upload.ok ? undefined : await upload.json().catch(() => undefined) });
}

function tell({ manifest }: RegisteredDataset, server: Server | null, json: boolean): void {
  printProblems(manifest);
  if (json) {
    printJson({ ...manifest, server: server?.url ?? null });
    return;
  }
  const { name, classes, license } = manifest;
  const where = server ? ` here and at ${server.url}` : '';
  process.stdout.write(
    `${name} is registered${where}: ${imageCount(manifest).toLocaleString('en')} images in ${classes.length} classes\n`,
  );
  if (license === undefined) process.stderr.write('warning: no licence is stated; --license names it\n');
}
