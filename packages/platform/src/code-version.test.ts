import { expect, test } from 'vitest';
import { codeVersion } from './code-version.ts';

test('an image says its own version', async () => {
  expect(await codeVersion({ FOVEA_CODE_VERSION: '1.2.3' })).toBe('1.2.3');
});

test('a checkout is its commit, with a digest of what was changed since, or the version of the package', async () => {
  expect(await codeVersion({})).toMatch(/^[0-9a-f]{12}(-dirty\.[0-9a-f]{8})?$|^\d+\.\d+\.\d+$/);
});
