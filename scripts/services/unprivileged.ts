/**
 * Postgres refuses to run as root. As root it runs as `nobody`, which must be able to reach its program and
 * its data even where the checkout is closed to others (/root is).
 */
import { execFile } from 'node:child_process';
import { chown, cp, mkdir, mkdtemp, realpath, rename, rm, stat, symlink } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

export interface Identity {
  readonly uid?: number;
  readonly gid?: number;
}

/** Where root keeps what `nobody` must reach. */
const reachableRoot = '/var/lib/fovea';
const nobody = { uid: 65534, gid: 65534 };

export function unprivilegedIdentity(): Identity {
  return userInfo().uid === 0 ? nobody : {};
}

/** The folder itself, or as root and where others cannot reach it, a copy that they can. */
export async function reachableProgram(folder: string, name: string): Promise<string> {
  if (userInfo().uid !== 0 || (await othersCanReach(folder))) return folder;
  const copy = join(reachableRoot, name);
  if (await exists(copy)) return copy;
  await mkdir(reachableRoot, { recursive: true, mode: 0o755 });
  const partial = await mkdtemp(`${copy}.`);
  await cp(folder, join(partial, 'copy'), { recursive: true, verbatimSymlinks: true });
  await promisify(execFile)('chmod', ['-R', 'a+rX', partial]);
  // Another launcher may have finished the same copy meanwhile; either is good.
  await rename(join(partial, 'copy'), copy).catch(async (error: unknown) => {
    if (!(await exists(copy))) throw error;
  });
  await rm(partial, { recursive: true });
  return copy;
}

/** Makes the folder, owned by whoever will run there; its real place may lie elsewhere, behind a link. */
export async function reachableDataFolder(folder: string): Promise<string> {
  const absolute = resolve(folder);
  if (await exists(absolute)) return realpath(absolute);
  await mkdir(dirname(absolute), { recursive: true });
  const { uid, gid } = unprivilegedIdentity();
  if (uid === undefined || gid === undefined) {
    await mkdir(absolute, { mode: 0o700 });
    return absolute;
  }
  if (await othersCanReach(dirname(absolute))) {
    await mkdir(absolute, { mode: 0o700 });
    await chown(absolute, uid, gid);
    return absolute;
  }
  await mkdir(reachableRoot, { recursive: true, mode: 0o755 });
  const elsewhere = await mkdtemp(join(reachableRoot, 'data-'));
  await chown(elsewhere, uid, gid);
  await rm(absolute, { force: true });
  await symlink(elsewhere, absolute);
  return elsewhere;
}

async function othersCanReach(path: string): Promise<boolean> {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const { mode } = await stat(folder);
    if ((mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

export async function removeDataFolder(folder: string): Promise<void> {
  const real = await realpath(folder);
  await rm(real, { recursive: true, force: true });
  await rm(folder, { force: true });
}
