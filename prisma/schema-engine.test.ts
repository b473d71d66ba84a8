import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));
const cli = fileURLToPath(new URL('../node_modules/prisma/build/index.js', import.meta.url));

interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** Runs the real Prisma CLI, with no engine but ours. */
async function prisma(url: string, ...parameters: string[]): Promise<Outcome> {
  const { PRISMA_SCHEMA_ENGINE_BINARY: _installed, ...environment } = process.env;
  const options = { cwd: root, env: { ...environment, DATABASE_URL: url, NO_COLOR: '1' } };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [cli, ...parameters], options);
    return { code: 0, output: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: stdout + stderr };
  }
}

async function withDatabase(work: (url: string) => Promise<void>): Promise<void> {
  const server = process.env['DATABASE_URL']!;
  const name = `engine_${crypto.randomUUID().replaceAll('-', '')}`;
  const admin = new Client({ connectionString: server });
  await admin.connect();
  try {
    await admin.query(`CREATE DATABASE ${name}`);
    const url = new URL(server);
    url.pathname = `/${name}`;
    await work(url.href);
  } finally {
    await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await admin.end();
  }
}

test('an empty database is migrated, and a second deploy finds nothing to do', () =>
  withDatabase(async (url) => {
    expect((await prisma(url, 'migrate', 'status')).code).toBe(1);
    expect((await prisma(url, 'migrate', 'deploy')).output).toContain('successfully applied');
    expect((await prisma(url, 'migrate', 'deploy')).output).toContain('No pending migrations');
    expect((await prisma(url, 'migrate', 'status')).output).toContain('up to date');
  }));

test('the migrations give exactly what the schema says', () =>
  withDatabase(async (url) => {
    const paths = ['--from-migrations', 'prisma/migrations', '--to-schema', 'prisma/schema.prisma'];
    const { code, output } = await prisma(url, 'migrate', 'diff', ...paths, '--exit-code');
    expect(output).toContain('No difference detected');
    expect(code).toBe(0);
  }));

test('a column that went missing in the database is noticed', () =>
  withDatabase(async (url) => {
    await prisma(url, 'migrate', 'deploy');
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query('ALTER TABLE "Run" DROP COLUMN "title"');
    await client.end();
    const paths = ['--from-config-datasource', '--to-schema', 'prisma/schema.prisma'];
    const { code, output } = await prisma(url, 'migrate', 'diff', ...paths, '--script', '--exit-code');
    expect(code).toBe(2);
    expect(output).toContain('ADD COLUMN     "title" TEXT');
  }));

test('a server that is not there is an error that says so', async () => {
  const url = new URL(process.env['DATABASE_URL']!);
  url.port = '1';
  const { code, output } = await prisma(url.href, 'migrate', 'status');
  expect(code).toBe(1);
  expect(output).toMatch(/P1001.*ECONNREFUSED/);
});

test('a database that is not there is made', () =>
  withDatabase(async (url) => {
    const missing = `${url}_missing`;
    expect((await prisma(missing, 'migrate', 'deploy')).output).toContain('successfully applied');
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(`DROP DATABASE ${new URL(missing).pathname.slice(1)} WITH (FORCE)`);
    await client.end();
  }));

test('no shadow database is left behind', async () => {
  const admin = new Client({ connectionString: process.env['DATABASE_URL']! });
  await admin.connect();
  const left = await admin.query(`SELECT FROM pg_database WHERE datname LIKE 'prisma_migrate_shadow_db%'`);
  await admin.end();
  expect(left.rowCount).toBe(0);
});
