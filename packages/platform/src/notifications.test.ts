import { afterAll, beforeAll, expect, test } from 'vitest';
import { notify } from './notifications.ts';
import type { Platform } from './platform.ts';
import { openTestPlatform } from './testing/index.ts';

let platform: Platform;
beforeAll(async () => {
  platform = await openTestPlatform();
});
afterAll(() => platform.close());

/** As a restart of the server does to every connection. */
const cutListeners = () =>
  platform.db.$executeRaw`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'fovea listener' AND datname = current_database()`;

test('a notice is delivered when its transaction commits, and not when it is undone', async () => {
  const heard: string[] = [];
  const stop = platform.notifications.subscribe('cancel', { onNotice: ({ runId }) => heard.push(runId) });
  const undone = platform.db.$transaction(async (transaction) => {
    await notify(transaction, 'cancel', { runId: 'undone' });
    throw new Error('undo');
  });
  await expect(undone).rejects.toThrow('undo');
  await platform.db.$transaction((transaction) => notify(transaction, 'cancel', { runId: 'kept' }));
  await expect.poll(() => heard, { timeout: 10_000 }).toEqual(['kept']);
  stop();
  await notify(platform.db, 'cancel', { runId: 'unheard' });
  await notify(platform.db, 'worker', { workerId: 'elsewhere' });
  expect(heard).toEqual(['kept']);
});

test('after the connection was cut, subscribers are told to read again and hear what comes next', async () => {
  const heard: string[] = [];
  platform.notifications.subscribe('run', {
    onNotice: ({ runId }) => heard.push(runId),
    onReconnect: () => heard.push('reconnected'),
  });
  await cutListeners();
  await expect.poll(() => heard, { timeout: 10_000 }).toEqual(['reconnected']);
  await notify(platform.db, 'run', { runId: 'next', sequence: 1, status: 'queued' });
  await expect.poll(() => heard, { timeout: 10_000 }).toEqual(['reconnected', 'next']);
});
