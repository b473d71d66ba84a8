/** Sorting by how much units fire like one of them: one more column, beside the measures. */
import type { Correlations, UnitList } from '@fovea/client';

const PREFIX = 'like:';

export const likeKey = (channel: number) => `${PREFIX}${channel}`;

/** The channel of a sort such as `like:97`; null for any other. */
export function likeChannel(sort: string): number | null {
  const text = sort.startsWith(PREFIX) ? sort.slice(PREFIX.length) : '';
  return /^\d{1,7}$/.test(text) ? Number(text) : null;
}

export function withCorrelations(
  list: UnitList,
  channel: number,
  correlations: NonNullable<Correlations['correlations']>,
): UnitList {
  const column = { name: likeKey(channel), subject: '', subjectName: null };
  return {
    ...list,
    measures: [...list.measures, column],
    items: list.items.map((unit) => ({
      ...unit,
      values: [...unit.values, correlations.values[unit.channel] ?? null],
    })),
  };
}
