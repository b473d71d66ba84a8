import { setTimeout as sleep } from 'node:timers/promises';
import { logTail, type Child } from './child.ts';

/** Polls until the child answers; throws with the end of its log if it ends first or takes too long. */
export async function waitUntil(
  child: Child,
  isReady: () => Promise<boolean>,
  timeoutMs = 60_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await isReady())) {
    if (child.hasEnded()) throw notReady(child, `ended with ${await child.ended}`);
    if (Date.now() > deadline) throw notReady(child, `did not answer within ${timeoutMs / 1000} s`);
    await sleep(50);
  }
}

function notReady(child: Child, what: string): Error {
  return new Error(`${child.name} ${what}. The end of ${child.logFile}:\n${logTail(child.logFile)}`);
}
