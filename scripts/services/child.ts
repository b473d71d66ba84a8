/** Child processes that never outlive their launcher: each leads a process group, and a guardian watches. */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { dirname } from 'node:path';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { stopGroup } from './process-group.ts';

export interface ChildOptions {
  readonly name: string;
  readonly command: string;
  readonly arguments: readonly string[];
  /** Standard output and error are appended here. */
  readonly logFile: string;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly uid?: number;
  readonly gid?: number;
  /** What asks this program to end in good order. */
  readonly stopSignal?: NodeJS.Signals;
}

export interface Child {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  /** Settles when the process ends, with what ended it: `exit code 1`, `SIGKILL`. */
  readonly ended: Promise<string>;
  hasEnded(): boolean;
  stop(graceMs?: number): Promise<void>;
}

let guardian: ChildProcessByStdio<Writable, null, null> | undefined;

/** The process that cleans up should this one be killed. */
export function guardianPid(): number {
  guardian ??= startGuardian();
  return guardian.pid!;
}

/** Has the guardian stop whatever still runs, and waits until it is done. */
export async function dismissGuardian(): Promise<void> {
  if (guardian === undefined || guardian.exitCode !== null || guardian.signalCode !== null) return;
  guardian.ref();
  guardian.stdin.end();
  await once(guardian, 'exit');
}

export async function startChild(options: ChildOptions): Promise<Child> {
  mkdirSync(dirname(options.logFile), { recursive: true });
  const log = openSync(options.logFile, 'a');
  const child = spawn(options.command, options.arguments, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    uid: options.uid,
    gid: options.gid,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  await once(child, 'spawn');
  const pid = child.pid!;
  tellGuardian(`+${pid}`);

  let over = false;
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      over = true;
      tellGuardian(`-${pid}`);
      resolve(signal ?? `exit code ${code}`);
    });
  });
  return {
    name: options.name,
    pid,
    logFile: options.logFile,
    ended,
    hasEnded: () => over,
    async stop(graceMs = 10_000) {
      await stopGroup(pid, options.stopSignal ?? 'SIGTERM', graceMs);
      await ended;
    },
  };
}

/** The end of a child's log, for an error message. */
export function logTail(logFile: string, lines = 15): string {
  return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
}

function tellGuardian(line: string): void {
  guardian ??= startGuardian();
  guardian.stdin.write(`${line}\n`);
}

function startGuardian(): ChildProcessByStdio<Writable, null, null> {
  const script = fileURLToPath(new URL('./guardian.ts', import.meta.url));
  const started = spawn(process.execPath, [script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  started.unref();
  // An open pipe would keep a finished launcher alive.
  if (started.stdin instanceof Socket) started.stdin.unref();
  started.stdin.on('error', () => {}); // A guardian that is gone costs the clean-up, not the work.
  return started;
}
