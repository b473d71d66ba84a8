/** A dataset whose images lie in packs, wherever these are. */
import { createHash } from 'node:crypto';
import { checkIndex } from '../check-index.ts';
import type { Dataset, DatasetImage, ImageEntry } from '../dataset.ts';
import { CorruptDatasetError } from '../errors.ts';
import { factsOf, imageCount, type DatasetManifest } from '../manifest.ts';
import { orderedSplits } from '../splits.ts';
import { contentDigest } from './content-digest.ts';
import { readIndex, type IndexTable, type StoredImage } from './index-table.ts';
import type { Place } from './pack-writer.ts';

export interface Packs {
  read(place: Place): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** @throws CorruptDatasetError */
export function storedDataset(manifest: DatasetManifest, index: Uint8Array, packs: Packs): Dataset {
  const table = openIndex(manifest, index);
  const firsts = firstRows(manifest.splits);
  const rowOf = (split: string, at: number): StoredImage => {
    checkIndex(manifest, split, at);
    return table.row(firsts.get(split)! + at);
  };
  return {
    ...factsOf(manifest),
    entry(split, at): ImageEntry {
      const { id, label, height, width, columns } = rowOf(split, at);
      return { id, label, height, width, columns };
    },
    async image(split, at): Promise<DatasetImage> {
      const row = rowOf(split, at);
      const bytes = await packs.read(row);
      if (!isWhole(bytes, row))
        throw new CorruptDatasetError(manifest.name, `the image ${row.id} is not what was imported`);
      const { height, width, channels, mediaType } = row;
      return mediaType === null
        ? { encoding: 'raw', height, width, channels, pixels: bytes }
        : { encoding: 'file', mediaType, bytes };
    },
    close: () => packs.close(),
  };
}

/**
 * That the index belongs to the manifest: every image where it says, and its digest.
 * @throws CorruptDatasetError
 */
export function verifyIndex(manifest: DatasetManifest, index: Uint8Array): void {
  const table = openIndex(manifest, index);
  const rows = Array.from({ length: table.count }, (_, row) => table.row(row));
  const expected = orderedSplits(manifest.splits).flatMap(([split, size]) => Array<string>(size).fill(split));
  if (rows.some(({ split }, row) => split !== expected[row]))
    throw new CorruptDatasetError(manifest.name, 'the splits of its index are not those of its manifest');
  if (contentDigest(manifest, rows) !== manifest.digest)
    throw new CorruptDatasetError(manifest.name, 'its digest does not belong to its index');
}

function openIndex(manifest: DatasetManifest, index: Uint8Array): IndexTable {
  try {
    const table = readIndex(index, manifest.columns);
    if (table.count === imageCount(manifest)) return table;
  } catch (cause) {
    throw new CorruptDatasetError(manifest.name, `its index cannot be read: ${(cause as Error).message}`, {
      cause,
    });
  }
  throw new CorruptDatasetError(manifest.name, 'its index has another number of images than its manifest');
}

function firstRows(splits: Readonly<Record<string, number>>): Map<string, number> {
  let first = 0;
  return new Map(
    orderedSplits(splits).map(([split, size]) => {
      const pair = [split, first] as const;
      first += size;
      return pair;
    }),
  );
}

const isWhole = (bytes: Uint8Array, { sha256 }: StoredImage) =>
  createHash('sha256').update(bytes).digest().equals(sha256);
