/** Gives every test run a Postgres and a Redis of its own, or uses those that the environment names. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDatabase, startPostgres } from '../scripts/services/postgres.ts';
import { startRedis } from '../scripts/services/redis.ts';
import { removeDataFolder } from '../scripts/services/unprivileged.ts';

const programFolder = fileURLToPath(new URL('../.fovea/redis-server', import.meta.url));

export async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'fovea-test-'));
  const stops: (() => Promise<void>)[] = [];
  if (process.env.DATABASE_URL === undefined) {
    const dataFolder = join(folder, 'postgres');
    const postgres = await startPostgres({
      dataFolder,
      logFile: join(folder, 'postgres.log'),
      database: 'fovea_test',
      durable: false,
    });
    await ensureDatabase(postgres.url);
    process.env.DATABASE_URL = postgres.url;
    stops.push(async () => {
      await postgres.child.stop();
      await removeDataFolder(dataFolder);
    });
  }
  if (process.env.REDIS_URL === undefined) {
    const redis = await startRedis(
      {
        dataFolder: join(folder, 'redis'),
        logFile: join(folder, 'redis.log'),
        programFolder,
        durable: false,
      },
      (line) => console.error(line),
    );
    if (redis !== null) {
      process.env.REDIS_URL = redis.url;
      stops.push(() => redis.child.stop());
    }
  }
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
    await rm(folder, { recursive: true, force: true });
  };
}
