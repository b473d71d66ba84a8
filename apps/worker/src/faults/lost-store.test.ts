import { rename, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isOver, isUnderWay, openFleet, type Fleet } from '../testing/fleet.ts';

let fleet: Fleet;
let objects: string;
beforeAll(async () => {
  fleet = await openFleet();
  objects = path.join(fleet.platform.config.home, 'objects');
  await rename(objects, `${objects}.disk`);
  await mount();
});
afterAll(() => fleet.close());

/** In one step, so that no moment finds the store there but empty. */
async function mount(): Promise<void> {
  await symlink(`${objects}.disk`, `${objects}.new`);
  await rename(`${objects}.new`, objects);
}

async function unmount(): Promise<void> {
  await writeFile(`${objects}.new`, 'no folder');
  await rename(`${objects}.new`, objects);
}

test('an object store that is away costs a run an attempt, not its life', { timeout: 180_000 }, async () => {
  fleet.startWorker();
  const { id } = await fleet.submit();
  await fleet.until(id, isUnderWay);
  await unmount();
  await fleet.until(id, ({ attempt }) => attempt === 2);
  await mount();
  expect(await fleet.until(id, isOver, 120)).toMatchObject({ status: 'succeeded', attempt: 2 });
});
