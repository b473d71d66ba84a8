import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { findKindSchema, formatObjective, kindSchemas, parseObjective, type ModelInfo } from '../schema.ts';
import { featureVisualizationInput, featureVisualizationSchema as schema } from './schema.ts';

const model: ModelInfo = {
  name: 'net',
  hookPoints: [
    { name: 'conv1', channels: 8, shape: [16, 16, 8] },
    { name: 'mixed4a', channels: 24, shape: [8, 8, 24] },
    { name: 'logits', channels: 3, shape: [3] },
  ],
  classes: ['tabby', 'collie', 'otter'],
};

const parse = (input: object) =>
  featureVisualizationInput.parse({ model: 'net', objective: 'mixed4a:3', ...input });
const issuesOf = (input: object) =>
  featureVisualizationInput.safeParse({ model: 'net', objective: 'mixed4a:3', ...input }).error?.issues;

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
      { type: 'channelInterpolate', layer1: 'conv1', channel1: 0, layer2: 'mixed4b', channel2: 0 },
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
    { code: 'unknown_layer', path: ['objective', 'of', 3, 'layer2'] },
  ]);
});
