import { expect, test } from 'vitest';
import { closest } from './closest.ts';

const layers = ['Conv2d_1a_3x3', 'Mixed_5b', 'Mixed_5c', 'Mixed_5d', 'Mixed_6a', 'maxpool1'];

test('the nearest name comes first', () => {
  expect(closest('Mixed_5e', layers)).toHaveLength(3);
  expect(closest('Mixed5b', layers)[0]).toBe('Mixed_5b');
});

test('case does not matter', () => {
  expect(closest('mixed_6A', layers)[0]).toBe('Mixed_6a');
});

test('a part of a name finds the name', () => {
  expect(closest('5d', layers)[0]).toBe('Mixed_5d');
});

test('nothing is offered where nothing is similar', () => {
  expect(closest('zzz', layers)).toEqual([]);
});
