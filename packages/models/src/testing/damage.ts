/** What a reader has to withstand: files that are cut off, changed at random, or that claim the impossible. */
import { writeFile } from 'node:fs/promises';
import * as fc from 'fast-check';
import { expect } from 'vitest';
import { openCheckpoint } from '../checkpoint/open-checkpoint.ts';
import { ModelError } from '../errors.ts';

/** Beyond the file's own size: what reading ahead and the tests themselves take. */
const spareBytes = 16 * 1024 * 1024;

const patienceMs = 2000;

/** Opens a file and reads all its tensors: undefined if that went well, else the error. */
async function outcomeOf(path: string): Promise<unknown> {
  try {
    await using checkpoint = await openCheckpoint(path);
    for (const name of checkpoint.tensors.keys()) {
      await checkpoint.read(name);
      await checkpoint.readStored(name);
    }
    return undefined;
  } catch (error) {
    return error;
  }
}

/**
 * Reads a file of these bytes: it must succeed or fail with a ModelError, soon, and without allocating more than
 * the file is long.
 * @returns the error
 */
export async function readSafely(path: string, bytes: Uint8Array): Promise<unknown> {
  await writeFile(path, bytes);
  const before = process.memoryUsage().arrayBuffers;
  const begin = performance.now();
  const error = await outcomeOf(path);
  expect(performance.now() - begin).toBeLessThan(patienceMs);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(spareBytes);
  if (error !== undefined) expect(error).toBeInstanceOf(ModelError);
  return error;
}

/** Cut off at every percent of its length, a file is read as far as it goes or refused. */
export async function expectSafeWhenCut(path: string, sound: Uint8Array): Promise<unknown[]> {
  const outcomes: unknown[] = [];
  for (let percent = 0; percent < 100; percent++) {
    outcomes.push(await readSafely(path, sound.subarray(0, Math.floor((sound.length * percent) / 100))));
  }
  return outcomes;
}

export async function expectRefusedWhenCut(path: string, sound: Uint8Array): Promise<void> {
  for (const outcome of await expectSafeWhenCut(path, sound)) expect(outcome).toBeInstanceOf(ModelError);
}

export async function expectSafeWhenFlipped(path: string, sound: Uint8Array, numRuns = 400): Promise<void> {
  const flips = fc.array(fc.tuple(fc.nat(sound.length - 1), fc.integer({ min: 1, max: 255 })), {
    minLength: 1,
    maxLength: 4,
  });
  await fc.assert(
    fc.asyncProperty(flips, async (changes) => {
      const bytes = Uint8Array.from(sound);
      for (const [position, mask] of changes) bytes[position]! ^= mask;
      await readSafely(path, bytes);
    }),
    { numRuns, seed: 1 },
  );
}
