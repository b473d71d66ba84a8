import { unwrap, type Index, type IndexSettings, type IndexSummary } from '@fovea/client';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '../api/client.ts';

/** Milliseconds between looks at an index that is under way. */
const LIVELY = 2_000;

const isUnderWay = ({ status }: Pick<Index, 'status'>) => status === 'running';

export const indexQuery = (id: string) =>
  queryOptions({
    queryKey: ['indexes', 'one', id],
    queryFn: async ({ signal }) =>
      unwrap(await api.GET('/indexes/{id}', { params: { path: { id } }, signal })),
    // The last runs of a paused index take a moment to stop.
    refetchInterval: ({ state }) =>
      state.data && (isUnderWay(state.data) || state.data.runs.running > 0) ? LIVELY : false,
  });

export const indexesQuery = (model: string) =>
  queryOptions({
    queryKey: ['indexes', 'list', model],
    queryFn: async ({ signal }) =>
      unwrap(await api.GET('/indexes', { params: { query: { model, limit: 5 } }, signal })),
    select: ({ items }): IndexSummary[] => items,
    refetchInterval: ({ state }) => (state.data?.items.some(isUnderWay) ? LIVELY : false),
  });

export const indexEstimateQuery = (model: string, settings: IndexSettings) =>
  queryOptions({
    queryKey: ['indexes', 'estimate', model, settings],
    queryFn: async ({ signal }) =>
      unwrap(await api.POST('/indexes/estimates', { body: { model, settings }, signal })),
    retry: false,
    placeholderData: keepPreviousData,
  });
