import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { merge } from './merge.ts';

async function* counting(name: string, count: number, milliseconds: number, ended: string[] = []) {
  try {
    for (let index = 0; index < count; index++) {
      await sleep(milliseconds);
      yield `${name}${index}`;
    }
  } finally {
    ended.push(name);
  }
}

test('yields all of every source, each in its order, side by side', async () => {
  const values = await Array.fromAsync(merge([counting('a', 3, 20), counting('b', 4, 2)]));
  expect(values.filter((value) => value.startsWith('a'))).toEqual(['a0', 'a1', 'a2']);
  expect(values.filter((value) => value.startsWith('b'))).toEqual(['b0', 'b1', 'b2', 'b3']);
  expect(values.indexOf('b3')).toBeLessThan(values.indexOf('a2'));
});

test('where one fails the others end', async () => {
  const ended: string[] = [];
  async function* failing(): AsyncGenerator<string> {
    await sleep(5);
    yield 'f0';
    throw new Error('broken');
  }
  await expect(Array.fromAsync(merge([counting('a', 100, 2, ended), failing()]))).rejects.toThrow('broken');
  expect(ended).toEqual(['a']);
});

test('whoever stops reading ends all of them', async () => {
  const ended: string[] = [];
  for await (const _ of merge([counting('a', 9, 1, ended), counting('b', 9, 1, ended)])) break;
  expect(ended.toSorted()).toEqual(['a', 'b']);
});
