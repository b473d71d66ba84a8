import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApi, runRequest, type TestApi } from '../../testing/api.ts';
import { artifact, play } from '../../testing/worker.ts';

const content = 'abcdefghijklmnopqrstuvwxyz';
let api: TestApi;
let link: URL;
let key: string;

beforeAll(async () => {
  api = await openTestApi();
  ({ key } = await api.services.store.put(Buffer.from(content)));
  link = await sign('image/png');
});
afterAll(() => api.close());

async function sign(mediaType: string, fileName?: string, expiresIn = 60): Promise<URL> {
  return new URL(
    await api.services.store.signedUrl(key, { mediaType, fileName, expiresIn }),
    'http://localhost',
  );
}

const fetchLink = ({ pathname, search }: URL, headers = {}) => api.get(pathname + search, headers);

function altered(change: (url: URL) => void): URL {
  const url = new URL(link);
  change(url);
  return url;
}

describe('a signed link', () => {
  test('gives the content, never to change, never to be guessed at, never to run', async () => {
    const { status, body, headers } = await fetchLink(link);
    expect([status, body]).toEqual([200, content]);
    expect(headers).toMatchObject({
      'content-type': 'image/png',
      'content-length': '26',
      etag: `"${key}"`,
      'x-content-type-options': 'nosniff',
      'content-disposition': 'inline',
      'cross-origin-resource-policy': 'cross-origin',
    });
    expect(headers['cache-control']).toContain('immutable');
    expect(headers['content-security-policy']).toMatch(/^sandbox;.*default-src 'none'/);
  });

  test('saves under a name when it says so', async () => {
    const { headers } = await fetchLink(await sign('text/html', 'a "name"\r\nx: y.html'));
    expect(headers['content-disposition']).toBe(
      "attachment; filename*=UTF-8''a%20%22name%22%0D%0Ax%3A%20y.html",
    );
  });

  test('gives HTML and SVG as they are, in a sandbox', async () => {
    for (const mediaType of ['text/html', 'image/svg+xml']) {
      const { headers } = await fetchLink(await sign(mediaType));
      expect(headers['content-type']).toContain(mediaType);
      expect(headers['content-security-policy']).toContain('sandbox');
    }
  });
});

describe('a forged, altered or expired link is forbidden', () => {
  test.each<[string, (url: URL) => void]>([
    ['another key', (url) => (url.pathname = `/objects/${'0'.repeat(64)}`)],
    ['a later expiry', (url) => url.searchParams.set('expires', '99999999999')],
    ['another type', (url) => url.searchParams.set('mediaType', 'text/html')],
    ['a name that was not signed', (url) => url.searchParams.set('fileName', 'x.exe')],
    ['a signature of nothing', (url) => url.searchParams.set('signature', 'A'.repeat(43))],
    [
      'a signature in other letters',
      (url) => url.searchParams.set('signature', `${url.searchParams.get('signature')}=`),
    ],
  ])('with %s', async (_name, change) => {
    const { status, body } = await fetchLink(altered(change));
    expect([status, body.code]).toEqual([403, 'SIGNATURE_INVALID']);
  });

  test('after its time', async () => {
    const { status, body } = await fetchLink(await sign('image/png', undefined, -1));
    expect([status, body.code]).toEqual([403, 'SIGNATURE_EXPIRED']);
  });

  test('without a signature it is no request at all', async () => {
    const { status, body } = await fetchLink(altered((url) => url.searchParams.delete('signature')));
    expect([status, body.code]).toEqual([400, 'REQUEST_INVALID']);
  });

  test('whatever single character of it changes', async () => {
    const text = link.pathname + link.search;
    const from = '/objects/'.length;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: from, max: text.length - 1 }),
        fc.constantFrom('0', 'x', '%7E'),
        async (at, by) => {
          fc.pre(text[at] !== by);
          const { status } = await api.get(text.slice(0, at) + by + text.slice(at + 1));
          expect([400, 403, 404]).toContain(status);
        },
      ),
    );
  });
});

test.each([
  '../../../etc/passwd',
  '..%2f..%2f..%2fetc%2fpasswd',
  '%2e%2e%2fsecret',
  'ab/cd',
  '....//',
  '%00',
  'A'.repeat(64),
  'a'.repeat(250),
])('the key %s leads nowhere', async (path) => {
  const { status, headers } = await api.get(`/objects/${path}${link.search}`);
  expect([400, 403, 404]).toContain(status);
  expect(headers['content-type']).toContain('application/problem+json');
});

describe('ranges and conditions', () => {
  test.each([
    ['bytes=0-4', 'abcde', 'bytes 0-4/26'],
    ['bytes=20-', 'uvwxyz', 'bytes 20-25/26'],
    ['bytes=-3', 'xyz', 'bytes 23-25/26'],
    ['bytes=5-1000', 'fghijklmnopqrstuvwxyz', 'bytes 5-25/26'],
  ])('%s', async (range, expected, described) => {
    const { status, body, headers } = await fetchLink(link, { range });
    expect([status, body, headers['content-range']]).toEqual([206, expected, described]);
  });

  test('a range beyond the end cannot be satisfied', async () => {
    expect((await fetchLink(link, { range: 'bytes=26-30' })).status).toBe(416);
  });

  test.each(['bytes=x', 'lines=1-2', 'bytes=0-1,5-6'])('%s gives the whole', async (range) => {
    expect(await fetchLink(link, { range })).toMatchObject({ status: 200, body: content });
  });

  test('a range of another version gives the whole', async () => {
    const answer = await fetchLink(link, { range: 'bytes=0-4', 'if-range': '"other"' });
    expect(answer).toMatchObject({ status: 200, body: content });
  });

  test('content that the browser has is not sent again', async () => {
    expect(await fetchLink(link, { 'if-none-match': `"${key}"` })).toMatchObject({ status: 304, body: '' });
  });
});

describe('artifacts', () => {
  test('are listed with what made them, and lead to their content', async () => {
    const { body: created } = await api.post('/runs', runRequest());
    const run = await play(api, created.id);
    await run.record(
      artifact('image.png', 'image/png', 'a picture'),
      artifact('report.json', 'application/json', '{}'),
    );
    const { body } = await api.get(`/runs/${created.id}/artifacts`);
    expect(body.items).toMatchObject([
      { name: 'image.png', mediaType: 'image/png', bytes: 9, parameters: { step: 10 }, runId: created.id },
      { name: 'report.json' },
    ]);
    const [picture] = body.items;
    expect((await api.get(`/artifacts/${picture.id}`)).body).toMatchObject({
      id: picture.id,
      sha256: picture.sha256,
    });
    expect(await fetchLink(new URL(picture.url))).toMatchObject({ status: 200, body: 'a picture' });
    const download = await fetchLink(new URL(picture.downloadUrl));
    expect(download.headers['content-disposition']).toContain('image.png');
  });

  test('that do not exist are not found', async () => {
    expect((await api.get('/artifacts/01890000-0000-7000-8000-000000000000')).status).toBe(404);
  });
});
