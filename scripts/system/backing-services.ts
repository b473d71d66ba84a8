/** The database and the queue's server: those that the environment names, else private ones below `.fovea`. */
import { join } from 'node:path';
import { ensureDatabase, startPostgres } from '../services/postgres.ts';
import { startRedis } from '../services/redis.ts';
import type { Child } from '../services/child.ts';

export interface BackingServices {
  readonly databaseUrl: string;
  /** Null: the queue lives in Postgres too. */
  readonly redisUrl: string | null;
  /** In the order of their start. */
  readonly children: readonly Child[];
}

export async function startBackingServices(
  home: string,
  say: (line: string) => void,
): Promise<BackingServices> {
  const children: Child[] = [];
  try {
    const databaseUrl = process.env.DATABASE_URL || (await privatePostgres());
    await ensureDatabase(databaseUrl);
    const redisUrl = process.env.REDIS_URL || (await privateRedis());
    return { databaseUrl, redisUrl, children };
  } catch (error) {
    await Promise.all(children.map((child) => child.stop()));
    throw error;
  }

  async function privatePostgres(): Promise<string> {
    say('Starting Postgres');
    const postgres = await startPostgres({
      dataFolder: join(home, 'postgres'),
      logFile: join(home, 'logs/postgres.log'),
      database: 'fovea',
      durable: true,
    });
    children.push(postgres.child);
    return postgres.url;
  }

  async function privateRedis(): Promise<string | null> {
    if (process.env.FOVEA_QUEUE === 'postgres') return null;
    say('Starting Redis');
    const redis = await startRedis(
      {
        dataFolder: join(home, 'redis'),
        logFile: join(home, 'logs/redis.log'),
        programFolder: join(home, 'redis-server'),
        durable: true,
      },
      say,
    );
    if (redis === null) {
      say(
        'No Redis to be had: the queue lives in Postgres, about three times slower. REDIS_URL changes that.',
      );
      return null;
    }
    children.push(redis.child);
    return redis.url;
  }
}
