/** The browser of the tests: whatever Chromium answers on the PATH. `npm test` sees to it that one does. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Path of the program, or null. */
export function findChromium(): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Printed where the tests are skipped. */
export const NO_CHROMIUM = `No Chromium on the PATH (${NAMES.join(', ')}); npm test installs or unpacks one`;

export const launchChromium = (executablePath: string): Promise<Browser> =>
  // As root Chromium refuses its sandbox; it shows nothing here but our own pages.
  chromium.launch({ executablePath, args: ['--no-sandbox', '--headless'] });
