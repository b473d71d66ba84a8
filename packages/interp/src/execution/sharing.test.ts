import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { calibrate } from './sharing.ts';

/** Takes `milliseconds(threads)`, and says when it is disposed of. */
const unitsOf =
  (milliseconds: (threads: number) => number, disposed: number[] = []) =>
  (threads: number) =>
    Promise.resolve({
      run: () => setTimeout(milliseconds(threads)),
      [Symbol.dispose]: () => void disposed.push(threads),
    });

test('work that gains little from more threads is spread', async () => {
  const { sharing, perSecond } = await calibrate(
    unitsOf((threads) => (threads === 1 ? 60 : 50)),
    2,
  );
  expect(sharing).toBe('spread');
  expect(perSecond.spread).toBeGreaterThan(perSecond.joined);
});

test('work that gains more than there are threads is joined', async () => {
  const { sharing } = await calibrate(
    unitsOf((threads) => (threads === 1 ? 100 : 20)),
    2,
  );
  expect(sharing).toBe('joined');
});

test('everything that was started is disposed of', async () => {
  const disposed: number[] = [];
  await calibrate(
    unitsOf(() => 1, disposed),
    3,
  );
  expect(disposed.toSorted((a, b) => a - b)).toEqual([1, 1, 1, 3]);
});
