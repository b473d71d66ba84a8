/** The real system for browser tests: API, worker and a production build of the dashboard, on free ports. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase } from '@fovea/platform/testing';
import { dismissGuardian } from '../../../scripts/services/child.ts';
import { startSystem } from '../../../scripts/system/system.ts';

export interface Stack {
  /** Address of the dashboard. */
  readonly web: string;
  readonly api: string;
  readonly databaseUrl: string;
  /** Folder in which its objects lie. */
  readonly home: string;
  stop(): Promise<void>;
}

export async function startStack(): Promise<Stack> {
  const database = await createTestDatabase();
  const home = await mkdtemp(join(tmpdir(), 'fovea-web-'));
  // Every test file has a process of its own, so nobody else sees this.
  process.env.DATABASE_URL = database.url;
  const system = await startSystem({ home, dashboard: true, say: (line) => console.error(line) });
  return {
    web: system.web!,
    api: system.api,
    databaseUrl: database.url,
    home,
    async stop() {
      await system.stop();
      await dismissGuardian();
      await database.drop();
      await rm(home, { recursive: true, force: true });
    },
  };
}
