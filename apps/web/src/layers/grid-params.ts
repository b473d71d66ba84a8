/** What the grid of a layer shows, and in which order, as it stands in the address of the page. */
import {
  createParser,
  parseAsArrayOf,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
  useQueryStates,
  type inferParserType,
} from 'nuqs';
import type { MeasureRange } from './arrange-units.ts';

const RANGE = /^(?<measure>.+):(?<from>-?[\d.e+-]*)~(?<to>-?[\d.e+-]*)$/;

/** `curve.R:0.8~` is at least 0.8, `nonZeroFraction:~0.01` at most 0.01. */
export const rangeParser = createParser<MeasureRange>({
  parse(text) {
    const groups = RANGE.exec(text)?.groups;
    if (!groups) return null;
    const [from, to] = [bound(groups.from!), bound(groups.to!)];
    return Number.isNaN(from) || Number.isNaN(to) ? null : { measure: groups.measure!, from, to };
  },
  serialize: ({ measure, from, to }) => `${measure}:${from ?? ''}~${to ?? ''}`,
  eq: (a, b) => a.measure === b.measure && a.from === b.from && a.to === b.to,
});

const bound = (text: string): number | null => (text === '' ? null : Number(text));

const parsers = {
  view: parseAsStringLiteral(['units', 'layer'] as const).withDefault('units'),
  sort: parseAsString.withDefault('channel'),
  direction: parseAsStringLiteral(['asc', 'desc'] as const),
  tag: parseAsString,
  branch: parseAsString,
  range: parseAsArrayOf(rangeParser, ';').withDefault([]),
  size: parseAsInteger,
  pictures: parseAsString,
};

export type GridParams = inferParserType<typeof parsers>;

export const useGridParams = () => useQueryStates(parsers, { history: 'replace' });

export const NO_GRID_FILTERS = { tag: null, branch: null, range: [] };

export const isGridFiltered = ({ tag, branch, range }: GridParams) =>
  tag !== null || branch !== null || range.length > 0;
