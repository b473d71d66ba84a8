import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { loadConfig } from '../config.ts';
import { openPlatform, type Platform } from '../platform.ts';
import { createTestDatabase } from './database.ts';

/**
 * A platform of its own for one test file: a fresh database, a queue that no other file sees, objects in a temporary
 * folder. Closing it removes all of them. `environment` overrides what it is configured with.
 */
export async function openTestPlatform(environment: NodeJS.ProcessEnv = {}): Promise<Platform> {
  const database = await createTestDatabase();
  const home = await mkdtemp(path.join(os.tmpdir(), 'fovea-test-'));
  const config = loadConfig({
    DATABASE_URL: database.url,
    REDIS_URL: process.env['REDIS_URL'],
    FOVEA_HOME: home,
    FOVEA_SECRET: 'only for tests, only for tests, only for tests',
    FOVEA_LOG_LEVEL: 'silent',
    ...environment,
  });
  const platform = await openPlatform(config, 'test');
  return {
    ...platform,
    async close() {
      await platform.queue.bull.obliterate({ force: true }).catch(() => undefined);
      await platform.close();
      await database.drop();
      await rm(home, { recursive: true, force: true });
    },
  };
}
