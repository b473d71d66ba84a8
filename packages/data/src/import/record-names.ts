/** What the name of a file of many images says of them. */
import path from 'node:path';

export function splitOf(file: string): string {
  const name = path.posix.basename(file).toLowerCase();
  if (/(^|[^a-z])(test|t10k)/.test(name)) return 'test';
  if (/(^|[^a-z])val/.test(name)) return 'validation';
  return /^(train|data_batch)|[^a-z]train/.test(name) ? 'train' : 'all';
}

/** Padded, so that the order of ids is that of the images. */
export const imageId = (file: string, index: number, count: number): string =>
  `${path.posix.basename(file).replace(/\.(bin|gz)$/i, '')}/${String(index).padStart(String(count - 1).length, '0')}`;
