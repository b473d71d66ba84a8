/** `.fovea/state.json`: which launcher runs from this folder and where it answers; the CLI reads it too. */
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { guardianPid } from '../services/child.ts';
import { identify, lives, type ProcessIdentity } from './process-identity.ts';

export interface Addresses {
  /** Null while it starts. */
  readonly api: string | null;
  readonly web: string | null;
}

export interface State extends Addresses {
  readonly launcher: ProcessIdentity;
  /** Cleans up after a launcher that was killed. */
  readonly guardian: ProcessIdentity;
}

/**
 * The launcher that runs from this folder, or null. What a killed one left is waited for: its guardian stops
 * the children, and only then are ports and data free.
 */
export async function runningState(file: string): Promise<State | null> {
  const state = await readState(file);
  if (state === null) return null;
  if (lives(state.launcher)) return state;
  while (lives(state.guardian)) await sleep(100);
  await removeState(file);
  return null;
}

/** Marks the folder as taken by this process; false where another one was faster. */
export async function claimState(file: string): Promise<boolean> {
  await mkdir(dirname(file), { recursive: true });
  try {
    await writeFile(file, describe({ api: null, web: null }), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

export async function writeState(file: string, addresses: Addresses): Promise<void> {
  await writeFile(`${file}.new`, describe(addresses));
  await rename(`${file}.new`, file);
}

export async function removeState(file: string): Promise<void> {
  await rm(file, { force: true });
}

function describe({ api, web }: Addresses): string {
  const state = { launcher: identify(process.pid), guardian: identify(guardianPid()), api, web };
  return `${JSON.stringify(state, null, 2)}\n`;
}

async function readState(file: string): Promise<State | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as State;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new Error(`${file} cannot be read; remove it if nothing runs from here`, { cause: error });
  }
}
