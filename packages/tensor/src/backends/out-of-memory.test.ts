import { expect, test } from 'vitest';
import { isOutOfMemory } from './out-of-memory.ts';

// To fill the four gigabytes of WASM takes a minute, so these are only the words.
test.each([
  ['wasm, its allocator', 'Aborted(). Build with -sASSERTIONS for more info.'],
  ['wasm, the next kernel', 'memory access out of bounds'],
  ['tensorflow', 'OOM when allocating tensor with shape[16,1024,1024,64] and type float'],
  ['cpu', 'Array buffer allocation failed'],
  ['webgpu', 'Out of memory'],
])('knows the complaint of %s', (_, message) => {
  expect(isOutOfMemory(new Error(message))).toBe(true);
});

test('takes no other error for it', () => {
  expect(isOutOfMemory(new Error('The loss is NaN'))).toBe(false);
  expect(isOutOfMemory('out of memory')).toBe(false);
});
