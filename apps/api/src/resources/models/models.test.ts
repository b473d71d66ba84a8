import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { testWeights } from '@fovea/platform/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApi, tinyManifest, type TestApi } from '../../testing/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi({ FOVEA_CHECKPOINT_LIMIT: '2000000' });
});
afterAll(() => api.close());

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const upload = (key: string, payload: Buffer | Readable, headers = {}) =>
  api.call({
    method: 'PUT',
    url: `/checkpoints/${key}`,
    payload,
    headers: { 'content-type': 'application/octet-stream', ...headers },
  });

describe('models', () => {
  test('are listed, and tell what they expect to read', async () => {
    const { body } = await api.get('/models');
    expect(body.items).toMatchObject([
      { name: 'tiny', layerCount: 2, preprocessing: { width: 32, channelOrder: 'rgb' } },
    ]);
    expect((await api.get('/models/tiny')).body).toMatchObject({ name: 'tiny', selfTest: { images: 1 } });
  });

  test('have layers in the order of computation, each with what it is computed from', async () => {
    const { body } = await api.get('/models/tiny/layers');
    expect(body.items).toMatchObject([
      {
        name: 'conv1',
        ordinal: 0,
        channels: 8,
        shape: [16, 16, 8],
        receptiveField: null,
        sources: ['image'],
      },
      { name: 'mixed1', ordinal: 1, axes: ['height', 'width', 'channel'], sources: ['conv1'] },
    ]);
  });

  test('that are misspelt are not found, with the nearest name', async () => {
    const { status, body } = await api.get('/models/tinny/layers');
    expect([status, body.code]).toEqual([404, 'MODEL_NOT_FOUND']);
    expect(body.detail).toContain('tiny');
  });
});

describe('registering a model', () => {
  test('takes its weights first and its manifest then, and is safe to repeat', async () => {
    const weights = randomBytes(1_500_000);
    const checkpoint = { sha256: sha256(weights), bytes: weights.byteLength, format: 'safetensors' as const };
    const manifest = tinyManifest({ name: 'uploaded', checkpoint });
    expect((await api.post('/models', manifest)).body.code).toBe('OBJECT_NOT_FOUND');
    expect(await upload(checkpoint.sha256, Readable.from([weights]))).toMatchObject({
      status: 201,
      body: { bytes: weights.byteLength },
    });
    expect((await upload(checkpoint.sha256, weights)).status).toBe(200);
    const { status, body } = await api.post('/models', manifest);
    expect([status, body.name, body.layerCount]).toEqual([201, 'uploaded', 2]);
    expect((await api.post('/models', manifest)).status).toBe(200);
    expect((await api.get('/models')).body.items.map((model: { name: string }) => model.name)).toEqual([
      'tiny',
      'uploaded',
    ]);
  });

  test('keeps the configuration that came with the weights', async () => {
    const config = { hidden_size: 192, layers: [{ heads: 3 }, null] };
    const { body } = await api.post('/models', tinyManifest({ name: 'configured', config }));
    expect(body.config).toEqual(config);
    expect((await api.get('/models/configured')).body.config).toEqual(config);
    expect((await api.get('/models/tiny')).body.config).toBeNull();
  });

  test('refuses weights that were cut short or altered on their way', async () => {
    const { status, body } = await upload(sha256(Buffer.from('whole')), Buffer.from('who'));
    expect([status, body.code]).toEqual([422, 'OBJECT_KEY_MISMATCH']);
    expect(await api.services.store.head(sha256(Buffer.from('who')))).toBeNull();
  });

  test('refuses weights beyond the limit, declared or streamed', async () => {
    const large = randomBytes(2_000_001);
    expect((await upload(sha256(large), large)).status).toBe(413);
    const streamed = await upload(
      sha256(large),
      Readable.from([large.subarray(0, 1_500_000), large.subarray(1_500_000)]),
    );
    expect([streamed.status, streamed.body.code]).toEqual([413, 'BODY_TOO_LARGE']);
  });

  test.each(['image/png', 'application/json', 'text/plain'])('refuses weights sent as %s', async (type) => {
    const missing = Buffer.from('{"weights":[]}');
    expect((await upload(sha256(missing), missing, { 'content-type': type })).status).toBe(415);
  });

  test('refuses an upload without a body', async () => {
    const url = `/checkpoints/${sha256(Buffer.from('nowhere'))}`;
    const { status, body } = await api.call({ method: 'PUT', url });
    expect([status, body.code]).toEqual([400, 'BODY_MISSING']);
  });

  test('refuses a key that is no hash', async () => {
    expect((await upload('..%2f..%2fetc%2fpasswd', testWeights)).status).toBe(400);
  });

  test('refuses a manifest that was altered after it was written', async () => {
    const { status, body } = await api.post('/models', { ...tinyManifest(), architecture: 'huge' });
    expect([status, body.code]).toEqual([422, 'MANIFEST_INVALID']);
    expect(body.errors[0].pointer).toBe('/digest');
  });

  test('takes a form of an architecture that was not published', async () => {
    const manifest = tinyManifest({ name: 'own', architecture: 'vit', variant: 'of a size of its own' });
    expect((await api.post('/models', manifest)).status).toBe(201);
  });

  test.each([
    ['architecture', 'fovea_minni', 'fovea_mini'],
    ['variant', 'unheard of', 'It has'],
  ])('refuses a manifest with an unknown %s, naming those that are known', async (field, value, known) => {
    const { status, body } = await api.post('/models', tinyManifest({ [field]: value }));
    expect([status, body.code, body.errors[0].pointer]).toEqual([422, 'MANIFEST_INVALID', `/${field}`]);
    expect(body.detail).toContain(known);
  });

  test('refuses a manifest with a name that is none, saying where', async () => {
    const { status, body } = await api.post('/models', tinyManifest({ name: '../escape' }));
    expect(status).toBe(400);
    expect(body.errors[0]).toMatchObject({ in: 'body', pointer: '/name' });
  });
});
