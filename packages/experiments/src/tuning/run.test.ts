import { stimulusSet } from '@fovea/data';
import { tinyModel } from '@fovea/interp/testing';
import { startBackend } from '@fovea/tensor';
import { beforeAll, describe, expect, test } from 'vitest';
import { InvalidInputError } from '../input-error.ts';
import type { RunContext, RunEvent } from '../kind.ts';
import { measures } from '../measures.ts';
import { tuning } from './index.ts';
import { tuningEvidence, tuningInput, tuningResult, tuningSchema } from './schema.ts';

beforeAll(async () => {
  await startBackend();
});

const few = { orientation: [0, 45, 90, 135, 180, 225, 270, 315], radius: [4, 8, 12] };

async function run(given: object, context: Partial<RunContext> = {}) {
  const input = tuningInput.parse({ model: 'tiny', layers: ['relu'], parameters: few, batch: 4, ...given });
  const events: RunEvent[] = [];
  const experiment = tuning.run(input, {
    loadModel: async () => tinyModel(),
    loadDataset: () => Promise.reject(new Error('no dataset was named')),
    loadObject: () => Promise.reject(new Error('no object was named')),
    seed: 0,
    signal: new AbortController().signal,
    provenance: { modelDigest: '0'.repeat(64), datasetDigest: null, codeVersion: 'test', backend: 'wasm' },
    ...context,
  });
  for (;;) {
    const next = await experiment.next();
    if (next.done) return { events, result: tuningResult.parse(next.value) };
    events.push(next.value);
  }
}

const unitsOf = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === 'units' ? event.units : []));

const persistent = (events: readonly RunEvent[]) =>
  events.filter(({ type }) => type === 'units' || type === 'artifact');

test('tells the tuning of every unit, with measures that pages know', async () => {
  const { events, result } = await run({});
  expect(result).toMatchObject({ stimuli: 24, layers: [{ layer: 'relu', units: 4 }] });
  const units = unitsOf(events);
  expect(units.map(({ channel }) => channel)).toEqual([0, 1, 2, 3]);
  const known = new Set(measures.map(({ name }) => name));
  for (const { data, measures: found } of units) {
    const evidence = tuningEvidence.parse(data);
    expect(evidence.curve).toHaveLength(8);
    expect(evidence.curvesBy).toMatchObject([{ parameter: 'radius', values: [4, 8, 12], unit: 'px' }]);
    expect(evidence.along).toMatchObject({ parameter: 'orientation', unit: '°', period: 360 });
    expect(Math.max(...(evidence.curve as number[]))).toBeCloseTo(evidence.statistics!.peak, 3);
    expect(Object.keys(found!).filter((name) => !known.has(name))).toEqual([]);
  }
  const fired = units.filter(({ measures: found }) => found!['curve.R'] !== undefined);
  expect(fired.length).toBeGreaterThan(0);
});

test('keeps every response beside the stimulus that caused it', async () => {
  const { events } = await run({});
  const files = events.flatMap((event) =>
    event.type === 'artifact' ? [[event.name, event.bytes] as const] : [],
  );
  const byName = new Map(files);
  const stimuli = JSON.parse(Buffer.from(byName.get('relu.stimuli.json')!).toString()) as object[];
  expect(stimuli[4]).toEqual({ orientation: 45, radius: 8 });
  const npy = Buffer.from(byName.get('relu.responses.npy')!);
  const start = 10 + npy.readUInt16LE(8);
  expect(npy.toString('latin1', 10, start)).toContain("'shape': (24, 4,)");
  const best = unitsOf(events)[1]!.data!.best;
  const responses = stimuli.map((_, index) => npy.readFloatLE(start + 4 * (index * 4 + 1)));
  expect(stimuli[responses.indexOf(Math.max(...responses))]).toEqual(best);
});

test('goes on after a checkpoint, to the same findings', async () => {
  const input = { parameters: { ...few, radius: [2, 4, 6, 8, 10, 12, 14, 16, 18] } };
  const whole = await run(input);
  const checkpoint = whole.events.find((event) => event.type === 'checkpoint')!;
  const resumed = await run(input, { checkpoint: checkpoint.bytes });
  expect(resumed.events.filter(({ type }) => type === 'progress')).toHaveLength(2);
  expect(persistent(resumed.events)).toEqual(persistent(whole.events));
});

test('does not depend on the batch', async () => {
  const [one, many] = await Promise.all([run({ batch: 1 }), run({ batch: 24 })]);
  expect(unitsOf(one.events)).toEqual(unitsOf(many.events));
});

test('takes the stimuli of a registered set', async () => {
  const size = { height: 24, width: 24 };
  const set = stimulusSet({ stimulus: 'rounded-corner', ...size, parameters: few });
  const asSet = await run({ dataset: 'mine' }, { loadDataset: async () => set });
  expect(unitsOf(asSet.events)).toEqual(unitsOf((await run({})).events));
  const discs = stimulusSet({ stimulus: 'circle', ...size, parameters: { boundaryLine: [true, false] } });
  await expect(run({ dataset: 'discs' }, { loadDataset: async () => discs })).rejects.toThrow(
    InvalidInputError,
  );
});

test('of stimuli without orientation has curves and a peak, but no statistics', async () => {
  const { events, result } = await run({ stimulus: 'circle', parameters: { radius: [2, 4, 8] } });
  const [{ data, measures: found }] = unitsOf(events) as [ReturnType<typeof unitsOf>[number]];
  expect(data).toMatchObject({
    statistics: null,
    along: { parameter: 'radius', values: [2, 4, 8], period: null },
  });
  expect(Object.keys(found!)).toEqual(['circle.peak']);
  expect(result.layers[0]!.mostSelective).toEqual([]);
});

describe('an input', () => {
  test.each([
    [{ parameters: { radios: [3] } }, 'has no parameter radios'],
    [{ parameters: { radius: [-3] } }, '>=0'],
    [{ stimulus: 'rounded-korner' }, 'rounded-corner'],
    [{ along: 'colorA' }, 'no number called colorA'],
    [{ parameters: { orientation: Array(300).fill(0), radius: Array(300).fill(1) } }, '90000 stimuli'],
  ])('such as %j is refused', (given, message) => {
    const { error } = tuningInput.safeParse({ model: 'tiny', layers: ['relu'], ...given });
    expect(JSON.stringify(error!.issues)).toContain(message);
  });

  test('names layers that the model has', () => {
    const input = tuningInput.parse({ model: 'tiny', layers: ['conv', 'rely'] });
    expect(tuningSchema.check(input, tinyModel())).toMatchObject([
      { code: 'unknown_layer', path: ['layers', 1], nearest: expect.arrayContaining(['relu']) },
    ]);
  });

  test.each(Object.entries(tuningSchema.presets))('may be the preset %s', (_, preset) => {
    expect(tuningInput.safeParse({ model: 'tiny', layers: ['relu'], ...preset }).error).toBeUndefined();
  });
});
