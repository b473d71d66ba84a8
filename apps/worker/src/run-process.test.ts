import { expect, test } from 'vitest';
import { startRunProcess } from './run-process.ts';

test('a process that ends before anyone listens has no messages, and says how it ended', async () => {
  const child = startRunProcess();
  child.kill();
  expect(await child.ended).toBe('ended by SIGKILL');
  expect(await Array.fromAsync(child.messages)).toEqual([]);
});

test('what a process said before it ended is heard, however late', { timeout: 60_000 }, async () => {
  const child = startRunProcess();
  child.send({ type: 'probe' });
  await child.ended;
  expect(await Array.fromAsync(child.messages)).toMatchObject([{ type: 'backend' }]);
});

test('a process that does not stop in time is ended', async () => {
  const child = startRunProcess();
  child.stop(50);
  expect(await child.ended).toMatch('ended by SIGKILL');
});
