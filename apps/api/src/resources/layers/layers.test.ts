import type { LayerActivations } from '@fovea/experiments/schema';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApi, tinyManifest, type TestApi } from '../../testing/api.ts';
import { recordEvidence, unitPicture } from '../../testing/evidence.ts';

const digest = 'd'.repeat(64);
const header = 6;
/** [8, 8], each value telling its place. */
const matrix = Float16Array.from({ length: 64 }, (_, at) => at);

const slice = { artifact: 'correlations', offset: header, dtype: 'F16' as const, shape: [8, 8] };
const swept: LayerActivations = {
  dataset: 'photographs',
  split: 'all',
  images: 7,
  imageSize: { width: 32, height: 32 },
  top: 2,
  bands: [0, 1],
  sample: [0, 1],
  groups: [{ tokens: 'all', grid: [2, 3], maps: slice, vectors: slice, means: slice, correlations: slice }],
};

let api: TestApi;
let runId: string;
beforeAll(async () => {
  api = await openTestApi();
  runId = await recordEvidence(
    api,
    ...unitPicture(3),
    ...unitPicture(3, { restart: 1 }),
    ...unitPicture(5, { objective: 'neuron' }),
    ...unitPicture(5, { sign: -1 }),
    {
      type: 'artifact',
      name: 'correlations',
      mediaType: 'application/octet-stream',
      bytes: Buffer.concat([Buffer.alloc(header), Buffer.from(matrix.buffer)]),
      parameters: {},
    },
    { type: 'layer', layer: 'mixed1', kind: 'activation-sweep', subject: digest, data: swept },
  );
});
afterAll(() => api.close());

describe('a layer', () => {
  test('comes with its neighbours and with what is known of it as a whole', async () => {
    const { body } = await api.get('/models/tiny/layers/mixed1');
    expect(body).toMatchObject({ name: 'mixed1', channels: 8, previous: 'conv1', next: null });
    expect(body.evidence).toHaveLength(1);
    expect(body.evidence[0]).toMatchObject({ kind: 'activation-sweep', subject: digest, runId, data: swept });
  });

  test('leads from a block to a block, and in a block from layer to layer', async () => {
    const [point] = tinyManifest().hookPoints;
    const names = ['stem', 'block1.conv', 'block1.relu', 'block1', 'block2.conv', 'block2'];
    const hookPoints = names.map((name) => ({ ...point!, name, sources: [] }));
    await api.post('/models', tinyManifest({ name: 'nested', hookPoints, config: { blocks: 2 } }));
    const { body: block } = await api.get('/models/nested/layers/block1');
    expect([block.previous, block.next]).toEqual(['stem', 'block2']);
    const { body: inner } = await api.get('/models/nested/layers/block1.relu');
    expect([inner.previous, inner.next]).toEqual(['block1.conv', 'block2.conv']);
  });

  test('links the artifacts that its evidence names', async () => {
    const { body } = await api.get('/models/tiny/layers/mixed1');
    const [artifact, ...others] = body.evidence[0].artifacts;
    expect(others).toEqual([]);
    expect(artifact).toMatchObject({ name: 'correlations', bytes: header + 128 });
    const { pathname, search } = new URL(artifact.url);
    expect((await api.call({ url: pathname + search })).status).toBe(200);
  });

  test('that is misspelt is not found, with the nearest', async () => {
    const { status, body } = await api.get('/models/tiny/layers/mixd1');
    expect([status, body.code]).toEqual([404, 'LAYER_NOT_FOUND']);
    expect(body.detail).toContain('mixed1');
  });
});

describe('the pictures of a layer', () => {
  const channels = (body: any) => body.items.map(({ channel }: { channel: number }) => channel);

  test('are of the channel objective where there are such, one for each unit', async () => {
    const { body } = await api.get('/models/tiny/layers/mixed1/pictures');
    expect(body.objectives).toEqual(['channel', 'neuron']);
    expect(channels(body)).toEqual([3]);
  });

  test('are of the objective and sign that are asked for', async () => {
    const pictures = '/models/tiny/layers/mixed1/pictures';
    expect(channels((await api.get(`${pictures}?objective=neuron`)).body)).toEqual([5]);
    expect(channels((await api.get(`${pictures}?sign=-1`)).body)).toEqual([5]);
    expect((await api.get(`${pictures}?sign=0`)).status).toBe(400);
  });
});

describe('correlations with a unit', () => {
  test('are its row of the matrix', async () => {
    const { body } = await api.get('/models/tiny/layers/mixed1/correlations?channel=2');
    expect(body.correlations).toEqual({ dataset: 'photographs', values: [16, 17, 18, 19, 20, 21, 22, 23] });
  });

  test('are unknown before a sweep', async () => {
    const { body } = await api.get('/models/tiny/layers/conv1/correlations?channel=2');
    expect(body).toEqual({ correlations: null });
  });

  test('with a unit that the layer lacks are not found', async () => {
    expect((await api.get('/models/tiny/layers/mixed1/correlations?channel=8')).status).toBe(404);
  });
});
