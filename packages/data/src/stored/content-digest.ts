import { createHash } from 'node:crypto';
import type { DatasetFacts } from '../dataset.ts';
import type { StoredImage } from './index-table.ts';

/** Goes up whenever the same images get another digest. */
const digestVersion = 1;

/**
 * Over every image, its label and its columns, and not over how they are packed: the same images give the same digest,
 * whether they were imported from a folder or from an archive of it.
 */
export function contentDigest(
  { classes, columns }: Pick<DatasetFacts, 'classes' | 'columns'>,
  images: Iterable<StoredImage>,
): string {
  const hash = createHash('sha256');
  const names = columns.map(({ name }) => name);
  hash.update(JSON.stringify({ digestVersion, classes, columns: names }));
  for (const { split, id, label, height, width, channels, mediaType, sha256, columns: values } of images) {
    const own = names.map((name) => values[name] ?? null);
    hash.update(JSON.stringify([split, id, label, height, width, channels, mediaType, own]));
    hash.update(sha256);
  }
  return hash.digest('hex');
}
