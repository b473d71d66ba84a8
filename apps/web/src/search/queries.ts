/** What the page of searches asks of the API. */
import { unwrap } from '@fovea/client';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { rangeParser } from '../layers/grid-params.ts';
import type { SearchParams } from './search-params.ts';

export const foundUnitsQuery = ({ text, tag, range, model }: SearchParams) => {
  const query = {
    text: text.trim() || undefined,
    tag: tag.length > 0 ? tag : undefined,
    range: range.length > 0 ? range.map(rangeParser.serialize) : undefined,
    model: model ?? undefined,
  };
  return infiniteQueryOptions({
    queryKey: ['search', 'units', query],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) =>
      unwrap(await api.GET('/search/units', { params: { query: { ...query, cursor: pageParam } }, signal })),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
};

export const tagsQuery = queryOptions({
  queryKey: ['tags'],
  queryFn: async ({ signal }) =>
    unwrap(await api.GET('/tags', { params: { query: { limit: 200 } }, signal })),
  select: (list) => list.items,
});
