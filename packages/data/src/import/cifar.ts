/** CIFAR-10 and CIFAR-100 as binary files: for each image a label byte, or two, and 3 · 32 · 32 bytes, colour by colour. */
import path from 'node:path';
import { SourceError } from '../errors.ts';
import { imageId, splitOf } from './record-names.ts';
import type { RecordImage, RecordSet } from './records.ts';
import type { SourceFile } from './source.ts';

const side = 32;
const plane = side * side;

/** Superclass, then class, in CIFAR-100. */
const layouts = {
  'cifar-10': { labelBytes: 1, count: 10 },
  'cifar-100': { labelBytes: 2, count: 100 },
} as const;

type Layout = keyof typeof layouts;

const cifar10Classes = 'airplane automobile bird cat deer dog frog horse ship truck'.split(' ');

const nameFiles = { classes: 'fine_label_names.txt', superclasses: 'coarse_label_names.txt' };

export const isCifarFile = (file: string): boolean => /\.bin$/i.test(file);

/** Lists of names that come with the images. */
export const isCifarNameFile = (file: string): boolean =>
  [...Object.values(nameFiles), 'batches.meta.txt'].includes(path.posix.basename(file));

/** @throws SourceError RECORDS_MALFORMED */
export function readCifar(files: readonly SourceFile[]): RecordSet {
  const batches = files.filter((file) => isCifarFile(file.path));
  const layout = layoutOf(batches);
  const names = (file: string) => namesIn(files, file);
  const superclasses = names(nameFiles.superclasses);
  return {
    layout,
    classes: layout === 'cifar-10' ? cifar10Classes : (names(nameFiles.classes) ?? numbered(100)),
    columns: layout === 'cifar-10' ? [] : [{ name: 'superclass', type: 'text' }],
    *images() {
      for (const batch of batches) yield* imagesOf(batch, layout, superclasses ?? numbered(20));
    },
  };
}

/** By length and labels, since the files say nothing of themselves. */
function layoutOf(batches: readonly SourceFile[]): Layout {
  const fitting = (Object.keys(layouts) as Layout[]).find((layout) =>
    batches.every((batch) => fits(batch, layout)),
  );
  if (fitting) return fitting;
  throw new SourceError(
    'RECORDS_MALFORMED',
    `${batches.map((batch) => batch.path).join(', ')}: a CIFAR-10 file has 3,073 bytes for each image and labels from 0 to 9, ` +
      'a CIFAR-100 file 3,074 and labels from 0 to 99',
  );
}

function fits({ bytes }: SourceFile, layout: Layout): boolean {
  const { labelBytes, count } = layouts[layout];
  const length = labelBytes + 3 * plane;
  if (bytes.length === 0 || bytes.length % length !== 0) return false;
  for (let at = labelBytes - 1; at < bytes.length; at += length) if (bytes[at]! >= count) return false;
  return true;
}

function* imagesOf(
  batch: SourceFile,
  layout: Layout,
  superclasses: readonly string[],
): Iterable<RecordImage> {
  const { labelBytes } = layouts[layout];
  const length = labelBytes + 3 * plane;
  const total = batch.bytes.length / length;
  for (let index = 0; index < total; index++) {
    const record = batch.bytes.subarray(index * length, (index + 1) * length);
    yield {
      id: imageId(batch.path, index, total),
      split: splitOf(batch.path),
      label: record[labelBytes - 1]!,
      columns: layout === 'cifar-10' ? {} : { superclass: superclasses[record[0]!] ?? String(record[0]) },
      height: side,
      width: side,
      channels: 3,
      pixels: interleaved(record.subarray(labelBytes)),
    };
  }
}

function interleaved(planes: Uint8Array): Uint8Array {
  const pixels = new Uint8Array(3 * plane);
  for (let channel = 0; channel < 3; channel++)
    for (let at = 0; at < plane; at++) pixels[3 * at + channel] = planes[channel * plane + at]!;
  return pixels;
}

function namesIn(files: readonly SourceFile[], name: string): string[] | undefined {
  const file = files.find((candidate) => path.posix.basename(candidate.path) === name);
  return file && new TextDecoder().decode(file.bytes).split(/\s+/).filter(Boolean);
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => String(index));
