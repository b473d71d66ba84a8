import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { generatedFiles } from './generated-files.ts';
import { openTestApi } from './testing/api.ts';

test('the committed document and client are those that the contracts generate', async () => {
  for (const { path, content } of await generatedFiles())
    expect(await readFile(path, 'utf8'), `${path.pathname}: run apps/api/src/generate-client.ts`).toBe(
      content,
    );
});

test('the server serves the committed document', async () => {
  const api = await openTestApi();
  try {
    const { body } = await api.call({ url: '/openapi.json' });
    const committed = await readFile(
      new URL('../../../packages/client/openapi.json', import.meta.url),
      'utf8',
    );
    const { paths: served, ...rest } = body;
    const { paths, ...expected } = JSON.parse(committed);
    expect(rest).toEqual(expected);
    expect(served).toEqual(paths);
  } finally {
    await api.close();
  }
});
