import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** A pid alone may have passed to another program; together with its start it is one process only. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly started: string;
}

/** Null where no such process lives. */
export function identify(pid: number): ProcessIdentity | null {
  try {
    const started = existsSync('/proc/self/stat') ? startByProc(pid) : startByPs(pid);
    return started === null ? null : { pid, started };
  } catch {
    return null;
  }
}

export function lives(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.started === identity.started;
}

function startByProc(pid: number): string | null {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The program's name comes second, in brackets, and may hold spaces; the state is field 3, the start 22.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? null : fields[19]!;
}

function startByPs(pid: number): string {
  return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
}
