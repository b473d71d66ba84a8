import { afterEach, expect, test, vi } from 'vitest';
import { startBackend } from './ladder.ts';
import { reasonForEager } from './reason-for-eager.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

test('a backend on the processor leaves loops to be compiled', async () => {
  vi.stubEnv('FOVEA_BACKEND', '');
  await startBackend({ force: 'cpu' });
  expect(reasonForEager()).toBeUndefined();
});

test('a backend that is asked for runs them itself', async () => {
  vi.stubEnv('FOVEA_BACKEND', 'cpu');
  await startBackend();
  expect(reasonForEager()).toBe('FOVEA_BACKEND asks for cpu');
});
