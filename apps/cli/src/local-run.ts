/** Runs an experiment in this process: no server, models from the registry on disk, artifacts into a folder. */
import type { RunEvent } from '@fovea/experiments';
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { executeHere } from './execute-here.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { progressFor } from './progress.ts';
import { printSummary, type SummaryArtifact } from './summary.ts';

export interface LocalRunOptions {
  readonly seed: number;
  /** Absolute; made where it does not exist. */
  readonly folder: string;
  readonly json: boolean;
  /** What the input reads, by hash. */
  readonly files?: ReadonlyMap<string, Uint8Array>;
}

export async function runLocally(
  kindName: string,
  input: unknown,
  { seed, folder, json, files }: LocalRunOptions,
): Promise<ExitCode> {
  const progress = progressFor(json);
  const started = performance.now();
  const artifacts: SummaryArtifact[] = [];
  const save = async ({ name, mediaType, bytes }: Extract<RunEvent, { type: 'artifact' }>) => {
    await mkdir(folder, { recursive: true });
    const path = join(folder, basename(name));
    await writeFile(path, bytes);
    artifacts.push({ name, path, mediaType, bytes: bytes.byteLength });
  };
  const onEvent = async (event: RunEvent) => {
    if (event.type === 'artifact') await save(event);
    else if (event.type === 'units' || event.type === 'layer') {
      await mkdir(folder, { recursive: true });
      await appendFile(join(folder, 'evidence.jsonl'), `${JSON.stringify(event)}\n`);
    } else if (event.type === 'metric') progress.event({ ...event });
  };
  await executeHere(kindName, input, { seed, files, progress, onEvent });
  printSummary(
    { run: null, status: 'succeeded', seconds: (performance.now() - started) / 1_000, artifacts },
    json,
  );
  return exitCodes.ok;
}
