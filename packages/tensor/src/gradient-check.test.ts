import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BackendName } from './backends/backend.ts';
import { startBackend } from './backends/ladder.ts';
import { gradientCases } from './gradient-cases.ts';
import { checkGradient } from './gradient-check.ts';

const tolerance = 1e-3;
const backends: BackendName[] = ['wasm', 'cpu', 'webgpu', 'tensorflow', 'tensorflow-gpu'];

describe.each(backends)('gradients on %s equal finite differences', (backend) => {
  let unavailable: string | undefined;

  beforeAll(async () => {
    await startBackend({ force: backend, threads: 1 }).catch((error: Error) => {
      unavailable = error.message;
    });
  });
  afterAll(() => startBackend({ force: 'cpu' }));

  test.for(gradientCases)('$op', async (gradientCase, { skip }) => {
    skip(unavailable !== undefined, unavailable);
    const check = await checkGradient(gradientCase, backend);
    expect(check.reason).toBeUndefined();
    expect(check.maxRelativeError).toBeLessThan(tolerance);
  });
});
