import { PlatformError } from '../errors.ts';
import type { ByteRange } from './object-store.ts';

/** Clips a range to an object of `bytes` bytes; an empty object has end −1. */
export function resolveRange(bytes: number, range?: ByteRange): { start: number; end: number } {
  if (range === undefined) return { start: 0, end: bytes - 1 };
  const { start } = range;
  const end = Math.min(range.end ?? bytes - 1, bytes - 1);
  if (Number.isSafeInteger(start) && Number.isSafeInteger(end) && start >= 0 && start <= end)
    return { start, end };
  throw new PlatformError(
    'OBJECT_RANGE_INVALID',
    `Bytes ${start} to ${range.end ?? 'the end'} lie outside an object of ${bytes} bytes`,
    { bytes },
  );
}
