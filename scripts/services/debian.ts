/** Programs from Debian's packages: installed where the user is root, else unpacked into a folder. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Absolute path of a program on the PATH, or null. */
export function onPath(program: string): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, program)).find((file) => existsSync(file)) ?? null;
}

export function hasApt(): boolean {
  return onPath('apt-get') !== null && onPath('dpkg') !== null;
}

export function isRoot(): boolean {
  return userInfo().uid === 0;
}

/** As root. The package's own service is not started: RUNLEVEL=1 tells Debian's scripts so. */
export async function aptInstall(packageName: string): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const install = ['install', '-y', '--no-install-recommends', packageName];
  await run('apt-get', install, { env }).catch(async () => {
    await run('apt-get', ['update'], { env });
    await run('apt-get', install, { env, maxBuffer: 64 * 1024 * 1024 });
  });
}

/**
 * Unpacks a package, with what it needs and the system lacks, below `folder`/root. Needs no rights: apt gets
 * package lists of its own there.
 */
export async function unpackPackage(packageName: string, folder: string): Promise<void> {
  const lists = join(folder, 'lists', 'partial');
  const archives = join(folder, 'archives');
  await mkdir(lists, { recursive: true });
  await mkdir(join(archives, 'partial'), { recursive: true });
  const options = [
    `-oDir::State::Lists=${join(folder, 'lists')}`,
    `-oDir::Cache=${join(folder, 'cache')}`,
    '-oDebug::NoLocking=1',
    '-oAPT::Sandbox::User=',
    '-oAcquire::http::Timeout=20',
  ];
  const large = { maxBuffer: 64 * 1024 * 1024 };
  await mkdir(join(folder, 'cache', 'archives', 'partial'), { recursive: true });
  await run('apt-get', [...options, 'update'], large);
  const plan = await run(
    'apt-get',
    [...options, '-s', 'install', '--no-install-recommends', packageName],
    large,
  );
  const missing = [...plan.stdout.matchAll(/^Inst (\S+)/gm)].map((match) => match[1]!);
  const names = new Set([packageName, ...missing]);
  await run('apt-get', [...options, 'download', ...names], { cwd: archives, ...large });
  for (const file of (await readdir(archives)).filter((name) => name.endsWith('.deb'))) {
    await run('dpkg', ['-x', join(archives, file), join(folder, 'root')]);
  }
}
