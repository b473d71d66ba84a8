import { createRequire } from 'node:module';
import { readFile, glob } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { dashboardFolder } from '../../../scripts/system/dashboard.ts';

/** Messages and names of tfjs that no minifier can change. */
const MARKERS = ['Tensor is disposed.', 'numTensors', 'registerKernel'];

const tensorPackage = fileURLToPath(new URL('../../../packages/tensor/package.json', import.meta.url));

async function tensorEngine(): Promise<string> {
  const entry = createRequire(tensorPackage).resolve('@tensorflow/tfjs');
  return readFile(join(dirname(entry), 'tf.min.js'), 'utf8');
}

async function browserBundle(): Promise<Map<string, string>> {
  const chunks = new Map<string, string>();
  for await (const file of glob('.next/static/**/*.js', { cwd: dashboardFolder })) {
    chunks.set(file, await readFile(join(dashboardFolder, file), 'utf8'));
  }
  return chunks;
}

describe('what the dashboard sends to browsers', () => {
  it('holds no tensor engine', async () => {
    const engine = await tensorEngine();
    const chunks = await browserBundle();
    expect(chunks.size).toBeGreaterThan(0);
    for (const marker of MARKERS) {
      expect(engine, 'the marker itself').toContain(marker);
      const holders = [...chunks].filter(([, code]) => code.includes(marker)).map(([file]) => file);
      expect(holders, `chunks with "${marker}"`).toEqual([]);
    }
  });
});
