import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApi, type TestApi } from '../testing/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

test('the documentation page brings everything that it needs', async () => {
  const page = await api.get('/docs/');
  expect(page.status).toBe(200);
  const sources = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source]) => source);
  expect(sources.length).toBeGreaterThan(0);
  for (const source of sources) {
    const url = new URL(source, 'http://api.test/docs/');
    expect(url.host).toBe('api.test');
    expect((await api.get(url.pathname)).status).toBe(200);
  }
  expect(page.headers['content-security-policy']).toContain("connect-src 'self'");
});

test('the document is OpenAPI 3.1, with a problem for whatever goes wrong', async () => {
  const { body } = await api.get('/openapi.json');
  expect(body.openapi).toMatch(/^3\.1/);
  for (const operations of Object.values<Record<string, any>>(body.paths))
    for (const operation of Object.values(operations))
      expect(operation.responses.default.content).toHaveProperty(['application/problem+json']);
});
