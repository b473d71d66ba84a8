/** Databases for tests: each a copy of a template that `prisma migrate deploy` made once per set of migrations. */
import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client } from 'pg';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const migrations = path.join(root, 'prisma/migrations');

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** On the server that DATABASE_URL names. */
export async function createTestDatabase(server = process.env['DATABASE_URL']): Promise<TestDatabase> {
  if (!server) throw new Error('DATABASE_URL names no Postgres server to make test databases on');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await asAdmin(server, async (admin) => {
    const template = await ensureTemplate(admin, server);
    await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  });
  return {
    url: databaseUrl(server, name),
    drop: () => asAdmin(server, (admin) => admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
  };
}

/** Under a lock, since test files run side by side. */
async function ensureTemplate(admin: Client, server: string): Promise<string> {
  const name = `template_${await digestOfMigrations()}`;
  await admin.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [name]);
  const { rowCount } = await admin.query('SELECT FROM pg_database WHERE datname = $1', [name]);
  if (rowCount === 0) {
    const unfinished = `${name}_unfinished`;
    await admin.query(`DROP DATABASE IF EXISTS ${unfinished}`);
    await admin.query(`CREATE DATABASE ${unfinished}`);
    await migrate(databaseUrl(server, unfinished));
    await admin.query(`ALTER DATABASE ${unfinished} RENAME TO ${name}`);
  }
  await admin.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [name]);
  return name;
}

/** Applies the migrations to a database that exists. */
export async function migrate(url: string): Promise<void> {
  const prisma = path.join(root, 'node_modules/prisma/build/index.js');
  await promisify(execFile)(process.execPath, [prisma, 'migrate', 'deploy'], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: url },
  });
}

async function digestOfMigrations(): Promise<string> {
  const hash = createHash('sha256');
  for (const name of (await readdir(migrations)).toSorted())
    if (name !== 'migration_lock.toml')
      hash.update(name).update(await readFile(path.join(migrations, name, 'migration.sql')));
  return hash.digest('hex').slice(0, 16);
}

async function asAdmin(server: string, work: (admin: Client) => Promise<unknown>): Promise<void> {
  const admin = new Client({ connectionString: server });
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
