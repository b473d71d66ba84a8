import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import packageJson from '../package.json' with { type: 'json' };

const run = promisify(execFile);

/**
 * What computed a result: FOVEA_CODE_VERSION where an image sets it, else the commit, with a digest of what was
 * changed since, else the version of the package. Part of every run's hash.
 */
export async function codeVersion(environment: NodeJS.ProcessEnv = process.env): Promise<string> {
  return environment['FOVEA_CODE_VERSION'] || (await gitVersion().catch(() => packageJson.version));
}

async function gitVersion(): Promise<string> {
  const commit = (await git('rev-parse', 'HEAD')).trim().slice(0, 12);
  const changed = await git('diff', 'HEAD', '--no-ext-diff', '--binary');
  const added = await git('ls-files', '--others', '--exclude-standard', '--full-name', '-z', ':/');
  if (changed === '' && added === '') return commit;
  const hashes = added === '' ? '' : await git('hash-object', '--', ...added.split('\0').filter(Boolean));
  const digest = createHash('sha256').update(changed).update(added).update(hashes).digest('hex');
  return `${commit}-dirty.${digest.slice(0, 8)}`;
}

async function git(...parameters: string[]): Promise<string> {
  const root = new URL('../../../', import.meta.url);
  const { stdout } = await run('git', parameters, { cwd: root, maxBuffer: 256 * 1024 * 1024 });
  return stdout;
}
