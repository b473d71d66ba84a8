import { findStimulus } from '@fovea/data/stimuli';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { textOf, valuesOf } from './values-text.ts';

test('values stand beside each other, or as a range without its end', () => {
  expect(valuesOf('0, 45 90')).toEqual([0, 45, 90]);
  expect(valuesOf('0:60:15')).toEqual([0, 15, 30, 45]);
  expect(valuesOf('yes, no none #ff0000')).toEqual([true, false, null, '#ff0000']);
  expect(valuesOf('')).toEqual([]);
});

test('what is no range is left for the schema to refuse', () => {
  expect(valuesOf('0:60:0')).toEqual(['0:60:0']);
  expect(valuesOf('60:0:15')).toEqual(['60:0:15']);
});

test('values are read as they were written', () => {
  const value = fc.oneof(fc.integer(), fc.boolean(), fc.constant(null), fc.constant('#00ff80'));
  fc.assert(
    fc.property(fc.array(value), (values) => {
      expect(valuesOf(textOf(values))).toEqual(values);
    }),
  );
  expect(textOf(findStimulus('rounded-corner').usual.orientation!)).toBe('0:360:15');
});
