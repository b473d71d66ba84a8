import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startBackend } from '@fovea/tensor';
import { expect, test } from 'vitest';
import { compareLucid, lucidFixtureSchema } from './lucid-fixture.ts';

const shared = process.env.FOVEA_SHARED || fileURLToPath(new URL('../../../../../shared', import.meta.url));
const path = `${shared}/fixtures/featurevis.json`;

test.skipIf(!existsSync(path)).each(['wasm', 'cpu'])(
  `Lucid's parametrizations, objectives and gradients, on %s (needs ${path})`,
  async (backend) => {
    await startBackend({ force: backend, threads: 1 });
    const fixture = lucidFixtureSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    const { rows } = await compareLucid(fixture);
    expect(rows.filter(({ passed }) => !passed)).toEqual([]);
    expect(rows.length).toBeGreaterThan(fixture.objectives.length);
  },
);
