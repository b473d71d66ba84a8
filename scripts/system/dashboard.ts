/** Builds the dashboard when its sources changed since the last build. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { glob, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { runToEnd } from '../services/run-to-end.ts';
import { root } from './paths.ts';

export const dashboardFolder = join(root, 'apps/web');

const sources = [
  'apps/web/{src,public}/**/*',
  'apps/web/{next.config.ts,postcss.config.mjs,package.json}',
  'packages/{client,experiments}/{src/**/*,package.json}',
  'pnpm-lock.yaml',
];

/** Path of Next's command, which belongs to the dashboard's own packages. */
export function nextProgram(): string {
  return createRequire(join(dashboardFolder, 'package.json')).resolve('next/dist/bin/next');
}

export async function buildDashboard(home: string, say: (line: string) => void): Promise<void> {
  const stamp = join(dashboardFolder, '.next', 'fovea-sources');
  const digest = await sourceDigest();
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === digest) return;
  say('Building the dashboard (first start, or its sources changed)');
  await runToEnd({
    name: 'dashboard build',
    command: process.execPath,
    arguments: [nextProgram(), 'build'],
    logFile: join(home, 'logs/dashboard-build.log'),
    cwd: dashboardFolder,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
  });
  await writeFile(stamp, digest);
}

async function sourceDigest(): Promise<string> {
  const files: string[] = [];
  for await (const entry of glob(sources, { cwd: root, withFileTypes: true })) {
    if (entry.isFile() && !entry.name.includes('.test.')) files.push(join(entry.parentPath, entry.name));
  }
  const digest = createHash('sha256');
  for (const file of files.sort()) {
    digest
      .update(file.slice(root.length))
      .update('\0')
      .update(await readFile(file))
      .update('\0');
  }
  return digest.digest('hex');
}
