/** A private Redis on a free port. No npm package ships a server, so it comes from the machine or Debian. */
import { existsSync, readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { startChild } from './child.ts';
import { aptInstall, hasApt, isRoot, onPath, unpackPackage } from './debian.ts';
import { freePort } from './free-port.ts';
import type { Service } from './postgres.ts';
import { waitUntil } from './wait-until.ts';

export interface RedisOptions {
  readonly dataFolder: string;
  readonly logFile: string;
  /** Where a server that had to be fetched is kept. */
  readonly programFolder: string;
  readonly durable: boolean;
  /** Wanted port, for a server that returns to where it was. */
  readonly port?: number;
}

interface Program {
  readonly path: string;
  readonly env: NodeJS.ProcessEnv;
}

const names = ['redis-server', 'valkey-server'];

/** Null where no server can be had; BullMQ then keeps its queue in Postgres. */
export async function startRedis(
  options: RedisOptions,
  say: (line: string) => void,
): Promise<Service | null> {
  const program = await findProgram(options.programFolder, say);
  if (program === null) return null;
  await mkdir(options.dataFolder, { recursive: true });
  const port = await freePort(options.port);
  const settings = {
    bind: '127.0.0.1',
    port: String(port),
    dir: options.dataFolder,
    appendonly: options.durable ? 'yes' : 'no',
    save: '',
    'maxmemory-policy': 'noeviction',
  };
  const child = await startChild({
    name: 'redis',
    command: program.path,
    arguments: Object.entries(settings).flatMap(([key, value]) => [`--${key}`, value]),
    logFile: options.logFile,
    env: program.env,
  });
  await waitUntil(child, () => answersPing(port));
  return { url: `redis://127.0.0.1:${port}`, child };
}

async function findProgram(folder: string, say: (line: string) => void): Promise<Program | null> {
  const installed = installedProgram() ?? unpackedProgram(folder);
  if (installed !== null || !hasApt()) return installed;
  say('Redis is not on this machine: taking redis-server from Debian');
  try {
    if (isRoot()) await aptInstall('redis-server');
    else await unpackPackage('redis-server', folder);
  } catch (error) {
    say(
      `Debian gave no redis-server: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`,
    );
    return null;
  }
  return installedProgram() ?? unpackedProgram(folder);
}

function installedProgram(): Program | null {
  const path = names.map(onPath).find((found) => found !== null);
  return path === undefined || path === null ? null : { path, env: process.env };
}

/** An unpacked server finds its libraries only when told where they are. */
function unpackedProgram(folder: string): Program | null {
  const files = filesBelow(join(folder, 'root'));
  const path = files.find((file) => file.endsWith('/bin/redis-server') && existsSync(file));
  if (path === undefined) return null;
  const libraries = new Set(files.filter((file) => file.includes('.so')).map((file) => join(file, '..')));
  return { path, env: { ...process.env, LD_LIBRARY_PATH: [...libraries].join(':') } };
}

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.on('connect', () => socket.write('PING\r\n'));
    socket.on('data', (data) => {
      socket.destroy();
      resolve(data.toString().startsWith('+PONG'));
    });
    socket.on('error', () => resolve(false));
  });
}
