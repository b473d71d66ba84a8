import { createHash } from 'node:crypto';
import { PlatformError } from '../errors.ts';

const keyPattern = /^[0-9a-f]{64}$/;

/** Gates every way into a store: what passes cannot leave its folder or bucket. */
export function checkKey(key: string): string {
  if (keyPattern.test(key)) return key;
  throw new PlatformError(
    'OBJECT_KEY_INVALID',
    `${JSON.stringify(key.slice(0, 100))} is not an object key: a key is a sha256 in 64 lower-case hexadecimal digits`,
  );
}

export const keyOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export function checkExpectedKey(actual: string, expected: string | undefined): void {
  if (expected === undefined || checkKey(expected) === actual) return;
  throw new PlatformError(
    'OBJECT_KEY_MISMATCH',
    `The content has sha256 ${actual}, not ${expected}: it was cut short or altered on its way`,
    { actual, expected },
  );
}

export const objectNotFound = (key: string) =>
  new PlatformError('OBJECT_NOT_FOUND', `No object has the key ${key}`, { key });
