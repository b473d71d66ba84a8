/** `index.json` in the folder of an index: what was asked for, what is done, and how long it took. */
import type { IndexSettings, IndexPart } from '@fovea/experiments/schema';
import { writeAtomically } from '@fovea/models';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { folderOfLayer, type SavedPicture } from './run-folder.ts';

export interface RecordedRun {
  /** Of kind, input, model, seed and code: equal runs give equal results. */
  readonly hash: string;
  readonly part: IndexPart;
  readonly layer: string | null;
  readonly seconds: number;
  readonly bytes: number;
}

export interface IndexRecord {
  readonly model: string;
  readonly modelDigest: string;
  settings: IndexSettings;
  codeVersion: string;
  layers: readonly { readonly layer: string; readonly folder: string; readonly units: number }[];
  readonly runs: RecordedRun[];
}

const fileOf = (root: string) => join(root, 'index.json');

/** The record of an earlier call into this folder, if it was of the same model; else a new one. */
export async function openRecord(root: string, fresh: Omit<IndexRecord, 'runs'>): Promise<IndexRecord> {
  await mkdir(root, { recursive: true });
  const text = await readFile(fileOf(root), 'utf8').catch(() => null);
  const before = text === null ? null : (JSON.parse(text) as IndexRecord);
  const runs = before?.modelDigest === fresh.modelDigest ? before.runs : [];
  return { ...fresh, runs };
}

export async function writeRecord(root: string, record: IndexRecord): Promise<void> {
  await writeAtomically(fileOf(root), `${JSON.stringify(record, null, 2)}\n`);
}

/** `pictures.json` of a layer: every picture, with its unit, objective, sign, restart and score. */
export async function addPictures(
  root: string,
  layer: string,
  pictures: readonly SavedPicture[],
): Promise<void> {
  const path = join(root, folderOfLayer(layer), 'pictures.json');
  const text = await readFile(path, 'utf8').catch(() => '[]');
  const known = new Map((JSON.parse(text) as SavedPicture[]).map((picture) => [picture.file, picture]));
  for (const picture of pictures) known.set(picture.file, picture);
  const sorted = [...known.values()].toSorted((a, b) => a.channel - b.channel || (a.file < b.file ? -1 : 1));
  await writeAtomically(path, `${JSON.stringify(sorted, null, 1)}\n`);
}
