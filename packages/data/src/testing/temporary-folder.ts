import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';

export interface TemporaryFolder {
  path(...parts: string[]): string;
  /** An empty folder in it. */
  fresh(): Promise<string>;
}

/** A folder that lives as long as the tests of the calling file. */
export function temporaryFolder(): TemporaryFolder {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'fovea-data-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return {
    path: (...parts) => path.join(folder, ...parts),
    fresh: () => mkdtemp(path.join(folder, 'fresh-')),
  };
}
