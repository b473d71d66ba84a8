import {
  takesOf,
  type UnitPicturesInput,
  indexSettingsSchema,
  type IndexSettings,
} from '@fovea/experiments/schema';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { planIndex, type IndexedModel, type PlannedRun } from './plan.ts';

const layer = (
  name: string,
  kind: string,
  channels: number,
  sources: string[],
): IndexedModel['layers'][number] => ({
  name,
  kind,
  channels,
  sources,
  shape: kind === 'logits' ? [channels] : [8, 8, channels],
  axes: kind === 'logits' ? ['channel'] : ['height', 'width', 'channel'],
});

const model: IndexedModel = {
  name: 'net',
  preprocessing: { height: 64, width: 64 },
  layers: [
    layer('conv', 'conv', 37, ['image']),
    layer('relu', 'relu', 37, ['conv']),
    layer('branch1', 'relu', 20, ['relu']),
    layer('branch2', 'relu', 13, ['relu']),
    layer('mixed', 'concat', 33, ['branch1', 'branch2']),
    layer('pool', 'max_pool', 33, ['mixed']),
    layer('logits', 'logits', 10, ['pool']),
  ],
};

const settingsWith = (given: object) => indexSettingsSchema.parse({ parts: ['pictures'], ...given });

const pictureSettings: fc.Arbitrary<IndexSettings> = fc
  .record({
    layers: fc.constantFrom('interesting', 'all', ['relu', 'logits']),
    objectives: fc.constantFrom(['neuron'], ['channel'], ['neuron', 'channel']),
    signs: fc.constantFrom([1], [-1], [1, -1]),
    restarts: fc.integer({ min: 1, max: 16 }),
    diversity: fc.constantFrom(0, 2, 4),
  })
  .map(settingsWith);

const pictures = (planned: readonly PlannedRun[]) =>
  planned.flatMap(({ layer: name, input }) =>
    takesOf(input as UnitPicturesInput).map(({ channel, objective, sign, restart, batch }) =>
      [name, channel, objective, sign, restart, batch].join(' '),
    ),
  );

test('every picture of every unit of the chosen layers is planned exactly once', () => {
  fc.assert(
    fc.property(pictureSettings, (settings) => {
      const planned = pictures(planIndex(settings, model));
      expect(new Set(planned).size).toBe(planned.length);
      const names =
        settings.layers === 'interesting'
          ? ['relu', 'mixed', 'logits']
          : settings.layers === 'all'
            ? model.layers.map(({ name }) => name)
            : settings.layers;
      const expected = model.layers
        .filter(({ name }) => names.includes(name))
        .reduce((sum, { channels, kind }) => {
          const objectives = kind === 'logits' ? 1 : settings.objectives.length;
          const diverse = settings.diversity > 0 ? 1 : 0;
          return sum + channels * (objectives * settings.signs.length * settings.restarts + diverse);
        }, 0);
      expect(planned).toHaveLength(expected);
    }),
  );
});

test('runs are short enough to share, and no run mixes layers', () => {
  fc.assert(
    fc.property(pictureSettings, (settings) => {
      for (const { layer: name, input } of planIndex(settings, model)) {
        expect((input as UnitPicturesInput).layer).toBe(name);
        expect((input as UnitPicturesInput).channels.length).toBeGreaterThan(0);
        const takes = takesOf(input as UnitPicturesInput).length;
        expect(takes <= 64 || (input as UnitPicturesInput).channels.length === 1).toBe(true);
      }
    }),
  );
});

test('interesting are the outputs of blocks, after their nonlinearity', () => {
  const planned = planIndex(settingsWith({ parts: ['pictures', 'deepdream'] }), model);
  expect([...new Set(planned.map((run) => run.layer))]).toEqual(['relu', 'mixed', 'logits']);
  const dreams = planned.filter(({ part }) => part === 'deepdream');
  expect(dreams.map((run) => run.layer)).toEqual(['relu', 'mixed']);
});

test('layers of a transformer also have the hidden neurons of its MLPs', () => {
  const tokens = (name: string, kind: string, sources: string[]): IndexedModel['layers'][number] => ({
    ...layer(name, kind, 8, sources),
    shape: [17, 8],
    axes: ['position', 'channel'],
  });
  const transformer: IndexedModel = {
    ...model,
    layers: [
      tokens('embed', 'add', ['image']),
      tokens('block.ln', 'layer_norm', ['embed']),
      tokens('block.mlp.pre', 'linear', ['block.ln']),
      tokens('block.mlp.post', 'gelu', ['block.mlp.pre']),
      tokens('block.resid_post', 'add', ['embed', 'block.mlp.post']),
      layer('logits', 'logits', 10, ['block.resid_post']),
    ],
  };
  const planned = planIndex(settingsWith({}), transformer);
  expect([...new Set(planned.map((run) => run.layer))]).toEqual([
    'embed',
    'block.mlp.post',
    'block.resid_post',
    'logits',
  ]);
});

test('pictures have the side of what the model reads, up to 128, unless it is given', () => {
  const side = (settings: object, height = 64) => {
    const changed = { ...model, preprocessing: { height, width: height } };
    return (planIndex(settingsWith(settings), changed)[0]!.input as UnitPicturesInput).width;
  };
  expect([side({}), side({}, 299), side({ size: 96 })]).toEqual([64, 128, 96]);
});

test('a layer that is not there is refused, with those that it may mean', () => {
  expect(() => planIndex(settingsWith({ layers: ['mixd'] }), model)).toThrow('did you mean mixed');
});

test('a sweep needs a dataset', () => {
  expect(indexSettingsSchema.safeParse({ parts: ['sweep'] }).error?.issues[0]?.path).toEqual(['dataset']);
  const [planned] = planIndex(
    indexSettingsSchema.parse({ parts: ['sweep'], dataset: 'procedural', images: 500 }),
    model,
  );
  expect(planned).toMatchObject({ layer: null, input: { dataset: 'procedural', limit: 500 } });
});
