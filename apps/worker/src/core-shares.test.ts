import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Sharing } from '@fovea/experiments';
import { divideCores, type CoreShare } from './core-shares.ts';

const four = { cores: 4, places: 4 };

async function isWaiting(share: Promise<CoreShare>): Promise<boolean> {
  return (await Promise.race([share, setTimeout(20, 'waiting')])) === 'waiting';
}

describe('cores', () => {
  test('all go to a run that is alone, without a measurement', async () => {
    const shares = divideCores(four, () => undefined);
    expect(await shares.take('a')).toMatchObject({ threads: 4, calibrate: false });
  });

  test('are spread over runs for which that is best', async () => {
    const shares = divideCores(four, () => 'spread');
    const alone = await shares.take('a');
    const others = [shares.take('a'), shares.take('a'), shares.take('a'), shares.take('a'), shares.take('a')];
    expect(await isWaiting(others[0]!)).toBe(true);
    alone.giveBack();
    for (const other of others.slice(0, 4))
      expect(await other).toMatchObject({ threads: 1, calibrate: false });
    expect(await isWaiting(others[4]!)).toBe(true);
    (await others[0]!).giveBack();
    expect(await others[4]!).toMatchObject({ threads: 1 });
  });

  test('go as a whole from one to the next of those for which that is best', async () => {
    const shares = divideCores(four, () => 'joined');
    const first = await shares.take('a');
    const second = shares.take('a');
    expect(await isWaiting(second)).toBe(true);
    first.giveBack();
    expect(await second).toMatchObject({ threads: 4, calibrate: false });
  });

  test('are measured once by a run that is not alone, and those that waited profit', async () => {
    const known = new Map<string, Sharing>();
    const shares = divideCores(four, (shape) => known.get(shape));
    const alone = await shares.take('a');
    const [measuring, next] = [shares.take('a'), shares.take('a')];
    alone.giveBack();
    expect(await measuring).toMatchObject({ threads: 4, calibrate: true });
    known.set('a', 'spread');
    (await measuring).giveBack();
    expect(await next).toMatchObject({ threads: 1, calibrate: false });
    expect(await shares.take('a')).toMatchObject({ threads: 1, calibrate: false });
  });

  test('of a worker with fewer places than cores are divided by its places', async () => {
    const shares = divideCores({ cores: 5, places: 2 }, () => 'spread');
    const alone = await shares.take('a');
    const [first, second] = [shares.take('a'), shares.take('a')];
    expect(alone.threads).toBe(5);
    alone.giveBack();
    expect([(await first).threads, (await second).threads]).toEqual([2, 2]);
  });
});
