import { join } from 'node:path';
import { home } from '../system/paths.ts';
import { firstRun } from './first-run.ts';
import { saveArtifacts } from '../../apps/cli/src/saved-artifacts.ts';

/** One run to its end, its artifacts saved as files below the home folder; true when it succeeded. */
export async function once(api: string, json: boolean, say: (line: string) => void): Promise<boolean> {
  const started = performance.now();
  const { id, status, error } = await firstRun(api, { force: true, say });
  const artifacts = await saveArtifacts(api, id, join(home, 'demo', id));
  const seconds = Math.round((performance.now() - started) / 10) / 100;
  process.stdout.write(
    json
      ? `${JSON.stringify({ run: id, status, seconds, artifacts })}\n`
      : artifacts.map(({ path }) => `  ${path}\n`).join(''),
  );
  if (error) say(`${error.code}: ${error.message}`);
  return status === 'succeeded';
}
