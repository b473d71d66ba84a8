/** Sorting and filtering of a layer's units, from the columns that the API gives at once. */
import type { UnitList, UnitSummary } from '@fovea/client';

export interface MeasureRange {
  /** Key of a column. */
  readonly measure: string;
  /** Inclusive; null is open. */
  readonly from: number | null;
  readonly to: number | null;
}

export interface Arrangement {
  /** `channel`, or the key of a column. */
  readonly sort: string;
  readonly direction: 'asc' | 'desc';
  readonly tag: string | null;
  readonly branch: string | null;
  readonly range: readonly MeasureRange[];
}

type Column = UnitList['measures'][number];

/** Tells columns apart: one measure may rest on several datasets. */
export const columnKey = ({ name, subject }: Column) => (subject === '' ? name : `${name}@${subject}`);

/**
 * Place of a column; -1 where there is none. The bare name of a measure means the first column of it, which is the
 * newest.
 */
export function findColumn(columns: readonly Column[], key: string): number {
  const exact = columns.findIndex((column) => columnKey(column) === key);
  return exact >= 0 ? exact : columns.findIndex(({ name }) => name === key);
}

/** The units that the filters leave, in order; those without the value come last. */
export function arrangeUnits(
  { items, measures }: Pick<UnitList, 'items' | 'measures'>,
  { sort, direction, tag, branch, range }: Arrangement,
): UnitSummary[] {
  const bounds = range.map(({ measure, from, to }) => ({
    column: findColumn(measures, measure),
    from: from ?? -Infinity,
    to: to ?? Infinity,
  }));
  const left = items.filter(
    ({ tags, branch: own, values }) =>
      (tag === null || tags.includes(tag)) &&
      (branch === null || own === branch) &&
      bounds.every(({ column, from, to }) => isWithin(values[column], from, to)),
  );
  const upwards = direction === 'asc' ? 1 : -1;
  const column = findColumn(measures, sort);
  if (column < 0) return left.toSorted((a, b) => upwards * (a.channel - b.channel));
  return left.toSorted((a, b) => {
    const [first, second] = [a.values[column] ?? null, b.values[column] ?? null];
    if (first === null || second === null)
      return Number(first === null) - Number(second === null) || a.channel - b.channel;
    return upwards * (first - second) || a.channel - b.channel;
  });
}

const isWithin = (value: number | null | undefined, from: number, to: number) =>
  typeof value === 'number' && value >= from && value <= to;
