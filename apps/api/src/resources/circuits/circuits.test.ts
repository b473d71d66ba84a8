import type { LayerWeights, UnitWeights } from '@fovea/experiments/schema';
import { encodeSafetensors } from '@fovea/models';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApi, type TestApi } from '../../testing/api.ts';
import { recordEvidence, unitPicture } from '../../testing/evidence.ts';

const [height, width] = [1, 2];
/** [8 units of mixed1, 8 units of conv1, 1, 2], each value telling its place. */
const values = Float32Array.from({ length: 8 * 8 * height * width }, (_, at) => at - 60);
const file = encodeSafetensors([{ name: 'mixed1', shape: [8, 8, height, width], values }], { dtype: 'F32' });

const layerData: LayerWeights = {
  from: 'conv1',
  to: 'mixed1',
  path: null,
  paths: [],
  route: 'composed',
  sources: [{ name: 'conv1', start: 0, count: 8 }],
  parts: [
    {
      name: 'mixed1',
      start: 0,
      count: 8,
      stride: [1, 1],
      offset: [0, 0],
      weights: {
        artifact: 'weights.safetensors',
        offset: file.byteLength - values.byteLength,
        dtype: 'F32',
        shape: [8, 8, height, width],
      },
    },
  ],
  factors: null,
};

const connection = (channel: number, sum: number) => ({
  channel,
  branch: 'conv1',
  l2: Math.abs(sum),
  sum,
  kernel: { height, width, values: [sum, 0] },
});

const ofUnit: UnitWeights = {
  direction: 'inputs',
  other: 'conv1',
  path: null,
  excitatory: [connection(6, 3), connection(1, 2)],
  inhibitory: [connection(4, -5)],
  largest: 5,
  factors: null,
  alike: [],
};

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
  await recordEvidence(
    api,
    ...unitPicture(3),
    {
      type: 'artifact',
      name: 'weights.safetensors',
      mediaType: 'application/octet-stream',
      bytes: file,
      parameters: {},
    },
    {
      type: 'units',
      layer: 'mixed1',
      kind: 'unit-weights',
      subject: 'conv1',
      units: [{ channel: 3, data: ofUnit }],
    },
    { type: 'layer', layer: 'mixed1', kind: 'unit-weights', subject: 'conv1', data: layerData },
  );
});
afterAll(() => api.close());

const names = (units: { layer: string; channel: number }[]) =>
  units.map(({ layer, channel }) => `${layer}:${channel}`);

describe('the circuit among units', () => {
  test('holds their strongest neighbours of each sign, in the order of computation', async () => {
    const { body } = await api.get('/models/tiny/circuit?unit=mixed1:3&neighbours=1');
    expect(names(body.units)).toEqual(['conv1:4', 'conv1:6', 'mixed1:3']);
    expect(body.units.map(({ chosen }: { chosen: boolean }) => chosen)).toEqual([false, false, true]);
    expect(body.units[2].thumbnail).toContain('/objects/');
  });

  test('has the kernel of each edge, out of the file of the whole layer', async () => {
    const { body } = await api.get('/models/tiny/circuit?unit=mixed1:3&neighbours=1');
    const edge = body.edges.find(({ from }: { from: { channel: number } }) => from.channel === 6);
    const start = (3 * 8 + 6) * height * width - 60;
    expect(edge).toEqual({
      from: { layer: 'conv1', channel: 6 },
      to: { layer: 'mixed1', channel: 3 },
      kernel: { height, width, values: [start, start + 1] },
      sum: 2 * start + 1,
      l2: Math.hypot(start, start + 1),
    });
  });

  test('joins chosen units also where neither is among the strongest of the other', async () => {
    const { body } = await api.get('/models/tiny/circuit?unit=mixed1:3&unit=conv1:0&neighbours=0');
    expect(names(body.units)).toEqual(['conv1:0', 'mixed1:3']);
    expect(body.edges).toHaveLength(1);
    expect(body.unknown).toEqual([]);
  });

  test.each([
    ['mixed9:0', 'LAYER_NOT_FOUND'],
    ['mixed1:8', 'UNIT_NOT_FOUND'],
  ])('cannot be found around %s', async (unit, code) => {
    const { status, body } = await api.get(`/models/tiny/circuit?unit=${unit}`);
    expect([status, body.code]).toEqual([404, code]);
  });

  test('needs units that are written as such', async () => {
    expect((await api.get('/models/tiny/circuit?unit=mixed1')).status).toBe(400);
    expect((await api.get('/models/tiny/circuit')).status).toBe(400);
  });
});

describe('a saved circuit', () => {
  const save = async (changes: object = {}) => {
    const { body } = await api.get('/models/tiny/circuit?unit=mixed1:3');
    const units = body.units.map(({ layer, channel, chosen }: Record<string, unknown>) => ({
      layer,
      channel,
      chosen,
    }));
    const graph = { units, edges: body.edges, positions: { 'mixed1:3': { x: 10, y: -2.5 } }, threshold: 0.3 };
    return api.post('/circuits', {
      model: 'tiny',
      title: 'Stripes',
      text: 'What **drives** 3',
      graph,
      ...changes,
    });
  };

  test('comes back as it was, with its units as they are known', async () => {
    const saved = await save();
    expect(saved.status).toBe(201);
    const { body } = await api.get(`/circuits/${saved.body.id}`);
    expect(body).toEqual(saved.body);
    expect(body).toMatchObject({ model: 'tiny', title: 'Stripes', text: 'What **drives** 3' });
    expect(body.graph.positions).toEqual({ 'mixed1:3': { x: 10, y: -2.5 } });
    expect(names(body.found)).toEqual(names(body.graph.units));
  });

  test('is listed, newest first and by model', async () => {
    const { body: newest } = await save({ title: 'Newest' });
    const { body } = await api.get('/circuits?model=tiny&limit=1');
    expect(body.items).toMatchObject([{ id: newest.id, title: 'Newest', units: 4 }]);
    const next = await api.get(`/circuits?cursor=${body.nextCursor}`);
    expect(next.body.items[0].id).not.toBe(newest.id);
    expect((await api.get('/circuits?model=other')).body.items).toEqual([]);
  });

  test('is changed only by whoever has read it as it is', async () => {
    const { body: circuit } = await save();
    const { id, text, graph, updatedAt } = circuit;
    const change = (title: string, readAt: string) =>
      api.call({ method: 'PUT', url: `/circuits/${id}`, payload: { title, text, graph, updatedAt: readAt } });
    const first = await change('First', updatedAt);
    expect(first).toMatchObject({ status: 200, body: { title: 'First' } });
    expect(await change('Second', updatedAt)).toMatchObject({
      status: 409,
      body: { code: 'CIRCUIT_CHANGED' },
    });
    expect((await change('Second', first.body.updatedAt)).status).toBe(200);
  });

  test('is gone when it is deleted', async () => {
    const { body } = await save();
    expect((await api.call({ method: 'DELETE', url: `/circuits/${body.id}` })).status).toBe(204);
    expect(await api.get(`/circuits/${body.id}`)).toMatchObject({
      status: 404,
      body: { code: 'CIRCUIT_NOT_FOUND' },
    });
  });

  test('is refused with a graph that is none', async () => {
    const { status, body } = await save({ graph: { units: [] } });
    expect(status).toBe(400);
    expect(body.errors[0].pointer).toContain('/graph');
  });
});
