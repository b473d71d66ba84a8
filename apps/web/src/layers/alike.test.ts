import type { UnitList } from '@fovea/client';
import { expect, it } from 'vitest';
import { likeChannel, likeKey, withCorrelations } from './alike.ts';
import { arrangeUnits } from './arrange-units.ts';

const unit = (channel: number) => ({
  channel,
  label: null,
  branch: null,
  thumbnail: null,
  values: [],
  tags: [],
});
const list: UnitList = { total: 3, measures: [], items: [0, 1, 2].map(unit), nextCursor: null };

it('units are sorted by how much they fire like one of them', () => {
  const sort = likeKey(1);
  const compared = withCorrelations(list, 1, { dataset: 'photographs', values: [-0.2, 1, 0.4] });
  const sorted = arrangeUnits(compared, { sort, direction: 'desc', tag: null, branch: null, range: [] });
  expect(sorted.map(({ channel }) => channel)).toEqual([1, 2, 0]);
});

it.each([
  ['like:97', 97],
  ['like:', null],
  ['like:x', null],
  ['curve.R', null],
])('%s is about channel %j', (sort, channel) => {
  expect(likeChannel(sort)).toBe(channel);
});
