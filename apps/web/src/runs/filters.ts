/** The filters of the list of runs as they stand in the address of the page. */
import {
  parseAsArrayOf,
  parseAsString,
  parseAsStringLiteral,
  useQueryStates,
  type inferParserType,
} from 'nuqs';
import type { RunFilters } from '../api/queries.ts';
import { STATUSES } from './status.tsx';

const parsers = {
  status: parseAsArrayOf(parseAsStringLiteral(STATUSES)).withDefault([]),
  kind: parseAsString,
  model: parseAsString,
  search: parseAsString.withDefault(''),
  sort: parseAsStringLiteral(['createdAt', 'finishedAt', 'wallSeconds'] as const).withDefault('createdAt'),
  direction: parseAsStringLiteral(['asc', 'desc'] as const).withDefault('desc'),
};

export type FilterParams = inferParserType<typeof parsers>;

export const useFilterParams = () => useQueryStates(parsers, { history: 'replace' });

export const isFiltered = ({ status, kind, model, search }: FilterParams) =>
  status.length > 0 || kind !== null || model !== null || search !== '';

export const NO_FILTERS = { status: null, kind: null, model: null, search: null };

/** What is left out of the request is not filtered by. */
export const toRunFilters = ({ status, kind, model, search, sort, direction }: FilterParams): RunFilters => ({
  status: status.length > 0 ? status : undefined,
  kind: kind ?? undefined,
  model: model ?? undefined,
  search: search || undefined,
  sort,
  direction,
});
