import { text } from 'node:stream/consumers';
import type { TuningEvidence, UnitWeights } from '@fovea/experiments/schema';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { openTestApi, type TestApi } from '../../testing/api.ts';
import { recordEvidence, unitPicture } from '../../testing/evidence.ts';

const unit = '/models/tiny/layers/mixed1/units/3';

const kernel = { height: 1, width: 2, values: [0.5, -0.25] };
const weights: UnitWeights = {
  direction: 'inputs',
  other: 'conv1',
  path: null,
  excitatory: [{ channel: 5, branch: 'conv1', l2: 0.56, sum: 0.25, kernel }],
  inhibitory: [],
  largest: 0.5,
  factors: null,
  alike: [],
};
const tuning: TuningEvidence = {
  stimulus: '=grating',
  window: 1,
  along: { parameter: 'orientation', unit: '°', period: 180, values: [0, 90] },
  curve: [1, null],
  curvesBy: [{ parameter: 'wavelength', unit: 'px', values: [4], curves: [[1, 0.5]] }],
  best: { orientation: 0 },
  statistics: null,
};

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
  const about = { type: 'units' as const, layer: 'mixed1' };
  await recordEvidence(
    api,
    ...unitPicture(3),
    ...unitPicture(3, { objective: 'neuron', sign: -1, restart: 1 }),
    { ...about, kind: 'unit-weights', subject: 'conv1', units: [{ channel: 3, data: weights }] },
    {
      ...about,
      kind: 'tuning',
      subject: 'd'.repeat(64),
      units: [{ channel: 3, data: tuning, measures: { 'curve.R': 0.5 } }],
    },
  );
  await api.call({
    method: 'PUT',
    url: `/annotations/${encodeURIComponent('unit/tiny/mixed1/3')}/note`,
    payload: { body: 'A *note*', version: 0 },
  });
});
afterAll(() => api.close());

const table = async (name: string) =>
  String((await api.get(`${unit}/tables/${name}`)).body)
    .trimEnd()
    .split('\n');

test('measures, tuning and weights are tables', async () => {
  const [names, row] = await table('measures');
  expect(names).toBe('name,subject,subjectName,value,rank,of,runId');
  expect(row).toMatch(/^curve\.R,d{64},,0\.5,1,1,/);
  // A spreadsheet would run what begins with an equals sign.
  expect(await table('tuning')).toEqual([
    'stimulus,subject,along,value,parameter,at,response',
    `'=grating,${'d'.repeat(64)},orientation,0,,,1`,
    `'=grating,${'d'.repeat(64)},orientation,90,,,`,
    `'=grating,${'d'.repeat(64)},orientation,0,wavelength,4,1`,
    `'=grating,${'d'.repeat(64)},orientation,90,wavelength,4,0.5`,
  ]);
  expect(await table('weights')).toEqual([
    'kind,direction,layer,channel,sign,l2,sum,height,width,kernel',
    'effective,inputs,conv1,5,1,0.56,0.25,1,2,0.5 -0.25',
  ]);
  expect(await table('examples')).toHaveLength(1);
  const { headers } = await api.get(`${unit}/tables/measures`);
  expect(headers['content-disposition']).toContain('tiny-mixed1-3-measures.csv');
  expect((await api.get(`${unit}/tables/moods`)).status).toBe(400);
});

test('an archive holds pictures, evidence, tables, the note and where all of it is from', async () => {
  const { rawPayload, headers } = await api.app.inject({ url: `${unit}/archive` });
  expect(headers['content-type']).toBe('application/zip');
  const zip = await fromBufferPromise(rawPayload);
  const files = new Map<string, string>();
  for await (const entry of zip.eachEntry())
    files.set(entry.fileName, await text(await zip.openReadStreamPromise(entry)));
  expect([...files.keys()].toSorted()).toEqual([
    'examples.csv',
    'measures.csv',
    'note.md',
    'pictures/channel-positive-0.png',
    'pictures/neuron-negative-1.png',
    'provenance.json',
    'tuning.csv',
    'unit.json',
    'weights.csv',
  ]);
  expect(files.get('pictures/neuron-negative-1.png')).toBe('mixed1-3-neuron--1-1');
  expect(files.get('note.md')).toBe('A *note*');
  const { pictures } = JSON.parse(files.get('unit.json')!) as { pictures: { url: string }[] };
  expect(pictures.map(({ url }) => url)).toEqual([
    'pictures/neuron-negative-1.png',
    'pictures/channel-positive-0.png',
  ]);
  expect(JSON.parse(files.get('provenance.json')!)).toMatchObject({
    unit: { model: 'tiny', layer: 'mixed1', channel: 3 },
    runs: [
      {
        kind: 'feature-visualization',
        input: { objective: 'conv1:3' },
        codeVersion: expect.any(String) as string,
      },
    ],
  });
});
