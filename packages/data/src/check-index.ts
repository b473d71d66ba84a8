import type { DatasetFacts } from './dataset.ts';
import { ImageIndexError, UnknownSplitError } from './errors.ts';

/** @throws UnknownSplitError, ImageIndexError */
export function checkIndex(
  { name, splits }: Pick<DatasetFacts, 'name' | 'splits'>,
  split: string,
  index: number,
): void {
  if (!Object.hasOwn(splits, split)) throw new UnknownSplitError(name, split, Object.keys(splits));
  const size = splits[split]!;
  if (!Number.isInteger(index) || index < 0 || index >= size)
    throw new ImageIndexError(name, split, index, size);
}
