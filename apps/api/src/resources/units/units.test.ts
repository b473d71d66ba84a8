import type { LayerActivations, UnitWeights } from '@fovea/experiments/schema';
import { registerModel } from '@fovea/platform';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApi, tinyManifest, type TestApi } from '../../testing/api.ts';
import { recordEvidence, unitPicture } from '../../testing/evidence.ts';

const digest = 'd'.repeat(64);
const units = '/models/tiny/layers/mixed1/units';

const kernel = { height: 1, width: 1, values: [0.5] };
const factors = { height: 1, width: 2, maps: [[1, 2]], channels: [[{ channel: 0, share: 1 }]], residual: 0 };
const weights: UnitWeights = {
  direction: 'inputs',
  other: 'conv1',
  path: null,
  excitatory: [{ channel: 5, branch: 'conv1', l2: 0.5, sum: 0.5, kernel }],
  inhibitory: [],
  largest: 0.5,
  factors: null,
  alike: [],
};

const slice = { artifact: 'maps', offset: 10, dtype: 'F16' as const, shape: [8, 2, 2, 3] };
const sweptLayer: LayerActivations = {
  dataset: 'photographs',
  split: 'all',
  images: 7,
  imageSize: { width: 32, height: 32 },
  top: 2,
  bands: [0, 1],
  sample: [0, 1],
  groups: [
    { tokens: 'patches', grid: [2, 3], maps: slice, vectors: slice, means: slice, correlations: slice },
  ],
};

let api: TestApi;
let runId: string;
beforeAll(async () => {
  api = await openTestApi();
  const measured = [0.2, 0.9, null, 0.5, 0.9, 0.1, 0.7, 0.3];
  runId = await recordEvidence(
    api,
    ...unitPicture(3),
    ...unitPicture(3, { restart: 1 }),
    ...unitPicture(3, { objective: 'neuron' }),
    ...unitPicture(3, { sign: -1 }),
    ...unitPicture(5, { layer: 'conv1' }),
    {
      type: 'units',
      layer: 'mixed1',
      kind: 'activation-sweep',
      subject: digest,
      units: measured.map((value, channel) => ({
        channel,
        data: { histogram: { counts: [1, 2, 3] } },
        measures: { mean: channel, ...(value === null ? {} : { 'curve.R': value }) },
      })),
    },
    {
      type: 'units',
      layer: 'mixed1',
      kind: 'unit-weights',
      subject: 'conv1',
      units: [{ channel: 3, data: weights }],
    },
    {
      type: 'units',
      layer: 'conv1',
      kind: 'expanded-weights',
      subject: 'image',
      units: [{ channel: 5, data: { factors } }],
    },
    {
      type: 'artifact',
      name: 'maps',
      mediaType: 'application/octet-stream',
      // Eight units of two examples of 2 × 3 positions, behind a header.
      bytes: new Uint8Array(10 + 8 * 24).map((_, index) => index),
      parameters: {},
    },
    { type: 'layer', layer: 'mixed1', kind: 'activation-sweep', subject: digest, data: sweptLayer },
  );
});
afterAll(() => api.close());

const channels = (body: any): number[] => body.items.map(({ channel }: { channel: number }) => channel);

describe('the units of a layer', () => {
  test('come all at once, with pictures and measures', async () => {
    const { body } = await api.get(units);
    expect(channels(body)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(body.measures).toEqual([
      { name: 'curve.R', subject: digest, subjectName: null },
      { name: 'mean', subject: digest, subjectName: null },
    ]);
    expect(body.items[2]).toMatchObject({ values: [null, 2], thumbnail: null, tags: [], branch: null });
    expect((await api.call({ url: pathOf(body.items[3].thumbnail) })).body).toBe(
      'mixed1-3-channel-1-0-small',
    );
  });

  test('are sorted by any measure, those without it last', async () => {
    expect(channels((await api.get(`${units}?sort=curve.R`)).body)).toEqual([1, 4, 6, 3, 7, 0, 5, 2]);
    expect(channels((await api.get(`${units}?sort=curve.R&direction=asc`)).body)).toEqual([
      5, 0, 7, 3, 6, 1, 4, 2,
    ]);
  });

  test('are filtered by measure and by tag', async () => {
    await api.call({
      method: 'PUT',
      url: `/annotations/${encodeURIComponent('unit/tiny/mixed1/6')}/tags/curve`,
    });
    expect(channels((await api.get(`${units}?sort=curve.R&minimum=0.3&maximum=0.8`)).body)).toEqual([
      6, 3, 7,
    ]);
    const { body } = await api.get(`${units}?tag=curve`);
    expect(body).toMatchObject({ total: 1, items: [{ channel: 6, tags: ['curve'] }] });
  });

  test('come in pages where few are asked for', async () => {
    const first = (await api.get(`${units}?sort=curve.R&limit=5`)).body;
    const second = (await api.get(`${units}?sort=curve.R&limit=5&cursor=${first.nextCursor}`)).body;
    expect([...channels(first), ...channels(second)]).toEqual([1, 4, 6, 3, 7, 0, 5, 2]);
    expect([first.total, second.nextCursor]).toEqual([8, null]);
  });

  test('know the branch that they come from', async () => {
    const shape = [4, 4, 3];
    const axes = ['height', 'width', 'channel'] as const;
    const point = { shape, axes: [...axes], parameters: 0, channels: 3 };
    const hookPoints = [
      { ...point, name: 'm.a', kind: 'conv', sources: ['image'] },
      { ...point, name: 'm.b', kind: 'conv', sources: ['image'] },
      { ...point, name: 'm', kind: 'concat', sources: ['m.a', 'm.b'], channels: 6, shape: [4, 4, 6] },
    ];
    await registerModel(api.services, tinyManifest({ name: 'joined', hookPoints }));
    const { body } = await api.get('/models/joined/layers/m/units?branch=b');
    expect(channels(body)).toEqual([3, 4, 5]);
    expect((await api.get('/models/joined/layers/m/units/2')).body.branch).toBe('a');
  });

  test.each([
    ['?sort=curve.Q', 422, 'MEASURE_UNKNOWN'],
    ['?cursor=x', 400, 'CURSOR_INVALID'],
    ['?colour=red', 400, 'REQUEST_INVALID'],
  ])('refuse %s', async (query, status, code) => {
    const answer = await api.get(units + query);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });
});

describe('a unit', () => {
  test('comes with its pictures, every restart among them', async () => {
    const { body } = await api.get(`${units}/3`);
    const kinds = body.pictures.map((each: any) => [each.objective, each.sign, each.restart].join(' '));
    expect(kinds).toEqual(['neuron 1 0', 'channel 1 0', 'channel 1 1', 'channel -1 0']);
    expect((await api.call({ url: pathOf(body.pictures[0].url) })).body).toBe('mixed1-3-neuron-1-0');
  });

  test('comes with its evidence, where it is from, and pictures of the units that it names', async () => {
    const { body } = await api.get(`${units}/3`);
    expect(body.evidence).toMatchObject([
      { kind: 'activation-sweep', subject: digest, runId, data: { histogram: { counts: [1, 2, 3] } } },
      { kind: 'unit-weights', subject: 'conv1', runId },
    ]);
    expect(body.layerEvidence).toMatchObject([{ data: { images: 7 } }]);
    expect(body.runs).toMatchObject([{ id: runId, modelDigest: tinyManifest().digest, backend: 'wasm' }]);
    expect(Object.keys(body.thumbnails)).toEqual(['conv1:5']);
  });

  test('knows its rank among those of its layer', async () => {
    const ranks = async (channel: number) => {
      const { body } = await api.get(`${units}/${channel}`);
      return body.measures.map(({ name, rank, of }: any) => [name, rank, of]);
    };
    expect(await ranks(3)).toEqual([
      ['curve.R', 4, 7],
      ['mean', 5, 8],
    ]);
    expect((await ranks(4))[0]).toEqual(['curve.R', 1, 7]);
  });

  test('of which nothing is known is there all the same', async () => {
    const { body } = await api.get('/models/tiny/layers/conv1/units/0');
    expect(body).toMatchObject({
      subject: 'unit/tiny/conv1/0',
      pictures: [],
      evidence: [],
      measures: [],
      note: null,
      tags: [],
      comments: 0,
      inputSize: { height: 32, width: 32 },
    });
  });

  test('gives the activation maps of its own examples', async () => {
    const read = (unit: string, query = '') => api.app.inject({ url: `${unit}/activation-maps${query}` });
    const { rawPayload, headers } = await read(`${units}/3`, `?subject=${digest}&tokens=patches`);
    expect(headers['content-type']).toBe('application/octet-stream');
    expect([...rawPayload]).toEqual(Array.from({ length: 24 }, (_, index) => 10 + 3 * 24 + index));
    expect((await read(`${units}/3`)).rawPayload).toEqual(rawPayload);
    expect((await read(`${units}/3`, '?tokens=class')).statusCode).toBe(404);
    expect((await read('/models/tiny/layers/conv1/units/3')).json()).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('tells what some units are built from', async () => {
    const { body } = await api.get('/models/tiny/layers/conv1/expanded-weights?channel=5&channel=6');
    expect(body.items).toEqual([{ channel: 5, from: 'image', height: 1, width: 2, maps: [[1, 2]] }]);
    expect((await api.get('/models/tiny/layers/conv1/expanded-weights')).status).toBe(400);
  });

  test.each([
    ['/models/tinny/layers/mixed1/units/0', 'MODEL_NOT_FOUND', 'tiny'],
    ['/models/tiny/layers/mixed/units/0', 'LAYER_NOT_FOUND', 'mixed1'],
    ['/models/tiny/layers/mixed1/units/8', 'UNIT_NOT_FOUND', '0 to 7'],
  ])('that does not exist is not found: %s', async (url, code, right) => {
    const { status, body } = await api.get(url);
    expect([status, body.code]).toEqual([404, code]);
    expect(body.detail).toContain(right);
  });
});

const pathOf = (url: string) => url.replace(/^https?:\/\/[^/]+/, '');
