import { setTimeout as sleep } from 'node:timers/promises';

/** Sends the signal to every process of the group; false where none is left. */
export function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}

/** Asks a process group to end, and after the grace period kills what is left of it. */
export async function stopGroup(pid: number, signal: NodeJS.Signals, graceMs: number): Promise<void> {
  signalGroup(pid, signal);
  await groupEnds(pid, graceMs);
  if (!signalGroup(pid, 'SIGKILL')) return;
  // What stays listed after this is dead and waits for an init that is slow to collect it, or never does.
  await groupEnds(pid, 1_000);
}

async function groupEnds(pid: number, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (signalGroup(pid, 0) && Date.now() < deadline) await sleep(25);
}
