import { expect, test } from 'vitest';
import { compiledCache } from './cache.ts';
import type { CompiledFunction } from './compile.ts';

/** Counts instead of computing. */
function functionOf(memoryBytes: number, disposed: string[], name: string): CompiledFunction {
  return {
    outputs: {},
    weightBytes: memoryBytes,
    memoryBytes,
    run: async () => ({}),
    async dispose() {
      disposed.push(name);
    },
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('a function is compiled once, and again only when it had to go', async () => {
  const cache = compiledCache(100);
  const disposed: string[] = [];
  let compilations = 0;
  const use = async (key: string) => {
    const lease = await cache.lease(key, async () => {
      compilations++;
      return functionOf(40, disposed, key);
    });
    lease.giveBack();
  };
  await use('a');
  await use('a');
  await use('b');
  expect(compilations).toBe(2);
  await use('a');
  await use('c');
  await settled();
  expect(disposed).toEqual(['b']);
  await use('b');
  expect(compilations).toBe(4);
  cache.clear();
  await settled();
  expect(disposed.toSorted()).toEqual(['a', 'b', 'b', 'c']);
});

test('one that is leased is freed only when it is given back', async () => {
  const cache = compiledCache(100);
  const disposed: string[] = [];
  const first = await cache.lease('a', async () => functionOf(60, disposed, 'a'));
  const second = await cache.lease('b', async () => functionOf(60, disposed, 'b'));
  await settled();
  expect(disposed).toEqual([]);
  first.giveBack();
  await settled();
  expect(disposed).toEqual(['a']);
  second.giveBack();
});

test('those who ask at the same time share one compilation, and its failure', async () => {
  const cache = compiledCache(100);
  let compilations = 0;
  const fail = () =>
    cache.lease('a', async () => {
      compilations++;
      throw new Error('not this one');
    });
  await Promise.all([fail(), fail()].map((lease) => expect(lease).rejects.toThrow('not this one')));
  expect(compilations).toBe(1);
  const lease = await cache.lease('a', async () => functionOf(1, [], 'a'));
  lease.giveBack();
});
