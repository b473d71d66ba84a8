import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startChild } from './child.ts';
import { signalGroup } from './process-group.ts';

const logFile = join(mkdtempSync(join(tmpdir(), 'fovea-child-')), 'log');

test('a child that ignores the request to end is killed after the grace period, with its own children', async () => {
  const child = await startChild({
    name: 'stubborn',
    command: 'sh',
    arguments: ['-c', 'trap "" TERM; sleep 600 & sleep 600; sleep 600'],
    logFile,
  });
  await sleep(100);
  await child.stop(200);
  // An init that collects the dead slowly keeps them listed for a while.
  await expect.poll(() => signalGroup(child.pid, 0), { timeout: 10_000 }).toBe(false);
  expect(await child.ended).toBe('SIGKILL');
});

test('the children of a launcher that was killed outright are stopped', async () => {
  const module = JSON.stringify(new URL('./child.ts', import.meta.url).href);
  const script = `
    import { startChild } from ${module};
    const child = await startChild({ name: 'sleeper', command: 'sleep', arguments: ['600'], logFile: ${JSON.stringify(logFile)} });
    console.log(child.pid);
    setInterval(() => {}, 1000);`;
  const launcher = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output] = (await once(launcher.stdout, 'data')) as [Buffer];
  const pid = Number(output.toString());
  expect(signalGroup(pid, 0)).toBe(true);
  launcher.kill('SIGKILL');
  await expect.poll(() => signalGroup(pid, 0), { timeout: 10_000 }).toBe(false);
});
