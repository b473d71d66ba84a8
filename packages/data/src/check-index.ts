import type { DatasetFacts } from './dataset.ts';
import { ImageIndexError, UnknownSplitError } from './errors.ts';

/** @throws UnknownSplitError, ImageIndexError */
export function checkIndex(
  { name, splits }: Pick<DatasetFacts, 'name' | 'splits'>,
  split: string,
  index: number,
): void {
  checkSplit({ name, splits }, split);
  const size = splits[split]!;
  if (!Number.isInteger(index) || index < 0 || index >= size)
    throw new ImageIndexError(name, split, index, size);
}

/** @throws UnknownSplitError */
export function checkSplit({ name, splits }: Pick<DatasetFacts, 'name' | 'splits'>, split: string): void {
  if (!Object.hasOwn(splits, split)) throw new UnknownSplitError(name, split, Object.keys(splits));
}
