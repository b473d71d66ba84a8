import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { findKindSchema, formatObjective, kindSchemas, parseObjective, type ModelInfo } from '../schema.ts';
import { featureVisualizationInput, featureVisualizationSchema as schema } from './schema.ts';

const model: ModelInfo = {
  name: 'net',
  preprocessing: { mean: [0, 0, 0] },
  hookPoints: [
    { name: 'conv1', channels: 8, shape: [16, 16, 8], axes: ['height', 'width', 'channel'] },
    { name: 'mixed4a', channels: 24, shape: [8, 8, 24], axes: ['height', 'width', 'channel'] },
    { name: 'blocks.0.attn.pattern', channels: 50, shape: [4, 50, 50], axes: ['head', 'query', 'key'] },
    { name: 'blocks.0.mlp.post', channels: 32, shape: [50, 32], axes: ['position', 'channel'] },
    { name: 'logits', channels: 3, shape: [3], axes: ['channel'] },
  ],
  classes: ['tabby', 'collie', 'otter'],
};

const parse = (input: object) =>
  featureVisualizationInput.parse({ model: 'net', objective: 'mixed4a:3', ...input });
const issuesOf = (input: object) =>
  featureVisualizationInput.safeParse({ model: 'net', objective: 'mixed4a:3', ...input }).error?.issues;

const channel = { type: 'channel', layer: 'mixed4a', channel: 3 };
const constant = (value: number) => ({ type: 'constant', value });

test('the registry finds the kind by its name', () => {
  expect(findKindSchema('feature-visualization')).toBe(schema);
  expect(kindSchemas.map(({ name }) => name)).toContain('feature-visualization');
});

test("defaults are Lucid's", () => {
  const lucid = parse(schema.presets.lucid!);
  expect(lucid).toEqual(parse({}));
  expect(lucid).toMatchObject({
    steps: 513,
    learningRate: 0.05,
    parametrization: 'fft',
    transforms: 'lucid',
  });
});

test.each(Object.keys(schema.presets))('the preset %s is a valid input', (name) => {
  expect(issuesOf(schema.presets[name]!)).toBeUndefined();
});

test('the JSON Schema titles and describes every field', () => {
  const json = z.toJSONSchema(featureVisualizationInput, { io: 'input' });
  const fields = Object.entries(json.properties as Record<string, { title?: string; description?: string }>);
  const bare = fields.filter(([, { title, description }]) => !title || !description);
  expect(bare.map(([name]) => name)).toEqual([]);
});

test.each([
  ['steps', 10_001],
  ['steps', 0],
  ['width', 1025],
  ['height', 15],
  ['batch', 33],
  ['learningRate', -1],
  ['optimizer', 'adagrad'],
  ['stpes', 20],
])('refuses %s = %s', (field, value) => {
  expect(issuesOf({ [field]: value })).toHaveLength(1);
});

test('refuses fields that contradict each other, and says why', () => {
  expect(issuesOf({ steps: 10, thresholds: [4, 10] })![0]).toMatchObject({ path: ['thresholds', 1] });
  expect(issuesOf({ diversityWeight: 100 })![0]!.path).toEqual(['diversityWeight']);
  expect(issuesOf({ alpha: true, transforms: [] })![0]!.path).toEqual(['transforms']);
  expect(issuesOf({ parametrization: 'maco', batch: 2 })![0]!.path).toEqual(['batch']);
});

test.each(['2 * 3', { type: 'add', left: constant(1), right: constant(2) }])(
  'refuses an objective of constants alone',
  (objective) => {
    expect(issuesOf({ objective })![0]).toMatchObject({
      path: ['objective'],
      message: expect.stringContaining('no gradient') as string,
    });
  },
);

test('measures how deep a tree nests before anything walks it', () => {
  const nested = (depth: number): object =>
    depth === 1 ? channel : { type: 'sum', of: [nested(depth - 1)] };
  expect(issuesOf({ objective: nested(64) })).toBeUndefined();
  expect(issuesOf({ objective: nested(65) })![0]!.message).toContain('at most 64 deep');
  let endless: object = channel;
  for (let depth = 0; depth < 100_000; depth++) endless = { type: 'negate', of: endless };
  expect(issuesOf({ objective: endless })).toHaveLength(1);
});

test('names the nearest objective, and says what is wrong inside a tree or a list', () => {
  expect(issuesOf({ objective: { ...channel, type: 'chanel' } })![0]!.message).toContain('Nearest: channel');
  expect(issuesOf({ objective: { type: 'sum', of: [{ ...channel, channel: 0.5 }] } })![0]).toMatchObject({
    path: ['objective'],
    message: expect.stringContaining('of.0.channel') as string,
  });
  expect(issuesOf({ transforms: [{ type: 'jitter' }] })![0]!.message).toContain('0.distance');
});

test('an objective is needed, and is a text or a tree', () => {
  const json = z.toJSONSchema(featureVisualizationInput, { io: 'input' });
  expect(json.required).toEqual(['model', 'objective']);
  expect(issuesOf({ objective: undefined })![0]!.message).toContain('expected string, received undefined');
  expect(issuesOf({ objective: 5 })![0]!.message).toContain('expected string, received number');
});

test.each([
  [{ objective: { ...channel, batch: 1 } }, ['objective', 'batch']],
  [{ objective: { type: 'negate', of: { type: 'blurAlphaEachStep' } } }, ['objective', 'of']],
  [{ objective: { type: 'penalizeBoundaryComplexity', mask: [[1, 1]] } }, ['objective', 'mask']],
  [{ objective: { type: 'inputDiff', image: [[[1, 1, 1]]] } }, ['objective', 'image']],
  [{ objective: { type: 'l2' }, batch: 2, diversityWeight: 1 }, ['diversityLayer']],
  [{ batch: 2, transforms: 'maco' }, ['transforms']],
  [{ batch: 2, transforms: [{ type: 'normalizeGradient', scales: [1, 1, 1] }] }, ['transforms']],
  [{ parametrization: 'cppn', grayscale: true }, ['grayscale']],
])('refuses %j', (input, path) => {
  expect(issuesOf(input)).toMatchObject([{ path }]);
});

test('takes pictures, masks and pictures of the batch that fit', () => {
  const size = { width: 16, height: 17, batch: 2, alpha: true };
  const rows = <T>(value: T) => Array.from({ length: 17 }, () => Array.from({ length: 16 }, () => value));
  const objective = {
    type: 'sum',
    of: [
      { ...channel, batch: 1 },
      { type: 'negate', of: { type: 'blurAlphaEachStep' } },
      { type: 'penalizeBoundaryComplexity', mask: rows(1) },
      { type: 'inputDiff', image: rows([0, 0, 0, 1]) },
    ],
  };
  expect(issuesOf({ ...size, objective })).toBeUndefined();
});

test('reads shorthands with arithmetic', () => {
  expect(parseObjective('a/b.c-d:3')).toEqual({ type: 'channel', layer: 'a/b.c-d', channel: 3 });
  expect(parseObjective('2 * a:1 - (b:2 + c:3)')).toEqual({
    type: 'subtract',
    left: { type: 'scale', factor: 2, of: { type: 'channel', layer: 'a', channel: 1 } },
    right: {
      type: 'add',
      left: { type: 'channel', layer: 'b', channel: 2 },
      right: { type: 'channel', layer: 'c', channel: 3 },
    },
  });
});

test('a channel written as shorthand is read back as it was', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-z_][\w./-]{0,20}$/), fc.nat(9999), (layer, channel) => {
      const text = `${layer}:${channel}`;
      expect(formatObjective(parseObjective(text))).toBe(text);
    }),
  );
});

test.each(['', 'mixed4a', 'mixed4a:', 'mixed4a:x', 'a:1 +', '(a:1', 'a:1 b:2', "'; drop table runs; --"])(
  'refuses the shorthand "%s"',
  (objective) => {
    expect(issuesOf({ objective })).not.toHaveLength(0);
  },
);

test('names the nearest layer and the channels that there are', () => {
  expect(schema.check(parse({ objective: 'mixed4:3' }), model)).toMatchObject([
    { code: 'unknown_layer', path: ['objective'], nearest: expect.arrayContaining(['mixed4a']) as unknown },
  ]);
  expect(schema.check(parse({ objective: 'conv1:8' }), model)).toMatchObject([
    { code: 'channel_out_of_range', message: 'conv1 of net has channels 0 to 7; there is no channel 8' },
  ]);
  expect(schema.check(parse({ objective: 'conv1:7 + input:0' }), model)).toEqual([]);
});

test('points into the expression tree at what is wrong', () => {
  const objective = {
    type: 'sum',
    of: [
      { type: 'direction', layer: 'conv1', vector: [1, 2, 3] },
      { type: 'classLogit', layer: 'logits', label: 'oter' },
      { type: 'diversity', layer: 'logits' },
      { type: 'channelInterpolate', layer1: 'conv1', channel1: 8, layer2: 'mixed4b', channel2: 0 },
    ],
  };
  expect(schema.check(parse({ objective }), model)).toMatchObject([
    { code: 'wrong_length', path: ['objective', 'of', 0, 'vector'], nearest: ['8'] },
    {
      code: 'unknown_class',
      path: ['objective', 'of', 1, 'label'],
      nearest: expect.arrayContaining(['otter']) as unknown,
    },
    { code: 'not_spatial', path: ['objective', 'of', 2, 'layer'] },
    { code: 'channel_out_of_range', path: ['objective', 'of', 3, 'channel1'] },
    { code: 'unknown_layer', path: ['objective', 'of', 3, 'layer2'] },
  ]);
});

test('positions are asked of layers that have some, for diversity in the layer of the objective too', () => {
  const logit = { type: 'neuron', layer: 'logits', channel: 0 };
  expect(schema.check(parse({ objective: logit }), model)).toMatchObject([
    { code: 'not_spatial', path: ['objective', 'layer'] },
  ]);
  const diverse = parse({ objective: 'logits:0', batch: 2, diversityWeight: 100 });
  expect(schema.check(diverse, model)).toMatchObject([{ code: 'not_spatial', path: ['diversityLayer'] }]);
});

test('tokens have positions but no neighbourhoods, and attention patterns have no units', () => {
  const codes = (objective: object) => schema.check(parse({ objective }), model).map(({ code }) => code);
  expect(codes({ type: 'neuron', layer: 'blocks.0.mlp.post', channel: 31 })).toEqual([]);
  expect(codes({ type: 'totalVariation', layer: 'blocks.0.mlp.post' })).toEqual(['not_spatial']);
  expect(codes({ type: 'channel', layer: 'blocks.0.attn.pattern', channel: 0 })).toEqual(['no_units']);
});

test('a network of other channels than red, green and blue has pictures without colours', () => {
  const gray: ModelInfo = { ...model, preprocessing: { mean: [0.5] } };
  const issues = schema.check(parse({ grayscale: true }), gray);
  expect(issues).toMatchObject([{ code: 'not_rgb', path: ['grayscale'] }]);
  expect(schema.check(parse({}), gray)).toEqual([]);
});
