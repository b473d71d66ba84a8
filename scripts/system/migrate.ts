import { join } from 'node:path';
import { runToEnd } from '../services/run-to-end.ts';
import { root } from './paths.ts';

/** Brings the database to the schema of this checkout. */
export async function migrate(databaseUrl: string, home: string): Promise<void> {
  await runToEnd({
    name: 'migration',
    command: process.execPath,
    arguments: [join(root, 'node_modules/prisma/build/index.js'), 'migrate', 'deploy'],
    logFile: join(home, 'logs/migration.log'),
    cwd: root,
    env: { ...process.env, DATABASE_URL: databaseUrl, PRISMA_HIDE_UPDATE_MESSAGE: '1' },
  });
}
