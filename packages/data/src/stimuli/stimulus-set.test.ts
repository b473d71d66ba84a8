import { expect, test } from 'vitest';
import { DatasetError } from '../errors.ts';
import { stimulusSet } from './stimulus-set.ts';

const corners = { stimulus: 'rounded-corner', parameters: { radius: [10, 20], orientation: [0, 45, 90] } };

test('has every combination of the values, with its parameters as columns', () => {
  const set = stimulusSet(corners);
  expect(set.splits).toEqual({ all: 6 });
  expect(set.columns.map(({ name, type, unit }) => ({ name, type, unit }))).toEqual([
    { name: 'orientation', type: 'number', unit: '°' },
    { name: 'radius', type: 'number', unit: 'px' },
  ]);
  const rows = Array.from({ length: 6 }, (_, index) => set.entry('all', index).columns);
  expect(rows.map(({ orientation, radius }) => [orientation, radius])).toEqual([
    [0, 10],
    [0, 20],
    [45, 10],
    [45, 20],
    [90, 10],
    [90, 20],
  ]);
  expect(set.parameters(3)).toMatchObject({
    orientation: 45,
    radius: 20,
    angularWidth: 90,
    colorA: '#ffffff',
  });
  expect(set.imageSize).toEqual({ height: 224, width: 224 });
});

test('has a digest of all that its images depend on', () => {
  const { digest } = stimulusSet(corners);
  expect(stimulusSet({ ...corners, height: 224 }).digest).toBe(digest);
  expect(stimulusSet({ ...corners, parameters: { ...corners.parameters, angularWidth: 90 } }).digest).toBe(
    digest,
  );
  expect(stimulusSet({ ...corners, height: 100 }).digest).not.toBe(digest);
  expect(
    stimulusSet({ ...corners, parameters: { ...corners.parameters, angularWidth: 60 } }).digest,
  ).not.toBe(digest);
});

test.each([
  [{ stimulus: 'rounded-corners' }, 'Did you mean rounded-corner?'],
  [
    { stimulus: 'line', parameters: { radius: 3 } },
    'has no parameter radius; line has orientation, width, length',
  ],
  [{ stimulus: 'line', parameters: { width: [2, -1] } }, 'width'],
  [{ stimulus: 'circle', parameters: { colorA: 'white' } }, 'expected a colour such as #ff8000'],
  [{ stimulus: 'line', height: 4 }, 'height'],
  [{ stimulus: 'line', parameters: { orientation: [] } }, 'orientation'],
  [
    { stimulus: 'cross', parameters: { orientation: Array(1200).fill(0), angle: Array(1200).fill(10) } },
    '1440000 combinations',
  ],
])('%j is refused with what is wrong', (specification, message) => {
  expect(() => stimulusSet(specification)).toThrow(DatasetError);
  expect(() => stimulusSet(specification)).toThrow(message);
});
