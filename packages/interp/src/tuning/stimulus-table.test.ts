import { expect, test } from 'vitest';
import { stimulusTable, unitTuning } from './stimulus-table.ts';

const stimuli = [0, 90, 180, 270].flatMap((orientation) =>
  [10, 20].map((radius) => ({ orientation, radius, color: '#ffffff' })),
);

test('curves run along one parameter, the best over the others', () => {
  const table = stimulusTable(stimuli, 'orientation', 360);
  expect(table.along.values).toEqual([0, 90, 180, 270]);
  expect(table.others.map(({ name, values }) => [name, values])).toEqual([['radius', [10, 20]]]);
  expect(unitTuning(table, [1, 5, 3, 2, 0, -1, 5, 4])).toEqual({
    curve: [5, 3, 0, 5],
    curvesBy: {
      radius: [
        [1, 3, 0, 5],
        [5, 2, -1, 4],
      ],
    },
    best: 1,
  });
});

test('what comes back after a period counts as the same', () => {
  const table = stimulusTable(stimuli, 'orientation', 180);
  expect(table.along.values).toEqual([0, 90]);
  expect(unitTuning(table, [1, 5, 3, 2, 0, -1, 5, 4]).curve).toEqual([5, 5]);
});
