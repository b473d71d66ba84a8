import type { UnitSummary } from '@fovea/client';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrangeUnits, columnKey, findColumn, type Arrangement } from './arrange-units.ts';

const measures = [
  { name: 'mean', subject: 'a', subjectName: 'photographs' },
  { name: 'mean', subject: 'b', subjectName: 'stimuli' },
  { name: 'curve.R', subject: '', subjectName: null },
];

const unit = (channel: number, values: (number | null)[], rest: Partial<UnitSummary> = {}): UnitSummary => ({
  channel,
  label: null,
  branch: null,
  thumbnail: null,
  tags: [],
  values,
  ...rest,
});

const items = [
  unit(0, [1, 9, 0.5], { branch: '1x1', tags: ['family:curve'] }),
  unit(1, [3, null, 0.9], { branch: '3x3' }),
  unit(2, [2, 7, null], { branch: '3x3', tags: ['family:curve'] }),
  unit(3, [3, 8, 0.1]),
];

const everything: Arrangement = { sort: 'channel', direction: 'asc', tag: null, branch: null, range: [] };
const channels = (changes: Partial<Arrangement>) =>
  arrangeUnits({ items, measures }, { ...everything, ...changes }).map(({ channel }) => channel);

describe('the units of a layer', () => {
  it('are sorted by a measure, equal ones by channel and those without it last, in both directions', () => {
    expect(channels({ sort: 'mean@a', direction: 'desc' })).toEqual([1, 3, 2, 0]);
    expect(channels({ sort: 'curve.R', direction: 'desc' })).toEqual([1, 0, 3, 2]);
    expect(channels({ sort: 'curve.R', direction: 'asc' })).toEqual([3, 0, 1, 2]);
  });

  it('are sorted by the newest of several columns where only the measure is named', () => {
    expect(findColumn(measures, 'mean')).toBe(0);
    expect(measures.map((column) => findColumn(measures, columnKey(column)))).toEqual([0, 1, 2]);
  });

  it('are filtered by tag, branch and ranges together', () => {
    expect(channels({ tag: 'family:curve' })).toEqual([0, 2]);
    expect(channels({ branch: '3x3', tag: 'family:curve' })).toEqual([2]);
    expect(channels({ range: [{ measure: 'curve.R', from: 0.5, to: null }] })).toEqual([0, 1]);
    expect(
      channels({
        range: [
          { measure: 'curve.R', from: null, to: 0.5 },
          { measure: 'mean@b', from: 8.5, to: null },
        ],
      }),
    ).toEqual([0]);
  });

  it('stay in place when sorted by what no unit has', () => {
    expect(channels({ sort: 'unheard of' })).toEqual([0, 1, 2, 3]);
  });

  it('are neither lost nor doubled by sorting', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.double({ noNaN: true })), { maxLength: 40 }),
        fc.constantFrom('asc' as const, 'desc' as const),
        (values, direction) => {
          const units = values.map((value, channel) => unit(channel, [value]));
          const sorted = arrangeUnits(
            { items: units, measures: [measures[2]!] },
            { ...everything, sort: 'curve.R', direction },
          );
          expect(sorted.map(({ channel }) => channel).toSorted((a, b) => a - b)).toEqual(
            units.map(({ channel }) => channel),
          );
        },
      ),
    );
  });
});
