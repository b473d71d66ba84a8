import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compare, median, repeated } from './pairs.ts';
import { millisecondsIn, peerBody, PeerError } from './peer.ts';

/** A program that prints these lines and ends. */
const printing = (lines: string, code = 0) =>
  `"${process.execPath}" -e 'process.stdout.write(${JSON.stringify(lines)}); process.exitCode = ${code}'`;

test('a peer says its milliseconds last', async () => {
  await using peer = peerBody(printing('warming up 1 2 3\nmedian of 30 steps: 12.5 ms\n'));
  expect(await peer.time()).toBe(12.5);
});

test('any positive number on the last line is read', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (milliseconds) => {
      expect(millisecondsIn(`1 step\ntook ${milliseconds} ms\n\n`, 'x')).toBe(milliseconds);
    }),
  );
});

test.each([
  ['without a number', printing('no idea\n'), 'ended with the line "no idea"'],
  ['without a word', printing(''), 'ended with the line ""'],
  ['with zero', printing('0 ms'), 'says that it takes 0 ms'],
  ['with a failure', printing('7 ms', 3), 'ended with exit code 3'],
  ['unknown to the shell', 'there-is-no-such-program', 'exit code 127'],
])('a peer that ends %s is an error that says so', async (_, command, message) => {
  await using peer = peerBody(command);
  await expect(peer.time()).rejects.toThrow(PeerError);
  await expect(peer.time()).rejects.toThrow(message);
});

test('pairs are measured in turns and compared one by one', async () => {
  const order: string[] = [];
  const body = (label: string, times: number[]) => ({
    ...repeated(label, 1, () => Promise.resolve()),
    time: () => {
      order.push(label);
      return Promise.resolve(times.shift()!);
    },
  });
  const comparison = await compare(body('ours', [1, 2, 4]), body('other', [10, 10, 10]), 3);
  expect(order).toEqual(['ours', 'other', 'ours', 'other', 'ours', 'other']);
  expect(comparison).toEqual({
    ours: 2,
    other: 10,
    ratio: 5,
    pairs: [
      [1, 10],
      [2, 10],
      [4, 10],
    ],
  });
});

test('a median is the middle of what is sorted by size', () => {
  expect(median([10, 9, 100])).toBe(10);
  expect(median([4, 1, 3, 2])).toBe(2.5);
});
