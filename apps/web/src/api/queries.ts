/** What the pages ask of the API, each under one key. */
import { followRun, isFinished, unwrap, type RunEvent, type RunStatus } from '@fovea/client';
import {
  experimental_streamedQuery as streamedQuery,
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
} from '@tanstack/react-query';
import { addEvent, emptyTimeline, type Timeline } from '../runs/timeline.ts';
import { api, API_PATH } from './client.ts';

export interface RunFilters {
  status?: RunStatus[];
  kind?: string;
  model?: string;
  search?: string;
  sort: 'createdAt' | 'finishedAt' | 'wallSeconds';
  direction: 'asc' | 'desc';
}

const PAGE_SIZE = 50;
/** Milliseconds between looks at a list in which something moves, and in which nothing does. */
const LIVELY = 2_000;
const QUIET = 10_000;

export const isActive = (status: RunStatus) => !isFinished(status);

export const runsQuery = (filters: RunFilters) =>
  infiniteQueryOptions({
    queryKey: ['runs', 'list', filters],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) =>
      unwrap(
        await api.GET('/runs', {
          params: { query: { ...filters, limit: PAGE_SIZE, cursor: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.items.some((run) => isActive(run.status))) ? LIVELY : QUIET,
  });

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ['runs', 'one', id],
    queryFn: async ({ signal }) => unwrap(await api.GET('/runs/{id}', { params: { path: { id } }, signal })),
    // Progress comes by events; this keeps the place in the queue fresh.
    refetchInterval: ({ state }) => (state.data && isActive(state.data.status) ? LIVELY : false),
  });

export const artifactsQuery = (id: string) =>
  queryOptions({
    queryKey: ['runs', 'one', id, 'artifacts'],
    queryFn: async ({ signal }) =>
      unwrap(await api.GET('/runs/{id}/artifacts', { params: { path: { id } }, signal })),
    select: (list) => list.items,
  });

export const modelsQuery = queryOptions({
  queryKey: ['models'],
  queryFn: async ({ signal }) => unwrap(await api.GET('/models', { signal })),
  select: (list) => list.items,
});

export const modelQuery = (name: string) =>
  queryOptions({
    queryKey: ['models', name],
    queryFn: async ({ signal }) =>
      unwrap(await api.GET('/models/{name}', { params: { path: { name } }, signal })),
  });

export const layersQuery = (name: string) =>
  queryOptions({
    queryKey: ['models', name, 'layers'],
    queryFn: async ({ signal }) =>
      unwrap(await api.GET('/models/{name}/layers', { params: { path: { name } }, signal })),
    select: (list) => list.items,
    staleTime: 60_000,
  });

export const workersQuery = queryOptions({
  queryKey: ['workers'],
  queryFn: async ({ signal }) => unwrap(await api.GET('/workers', { signal })),
  select: (list) => list.items,
  refetchInterval: LIVELY,
});

export const estimateQuery = (kind: string, input: Record<string, unknown>) =>
  queryOptions({
    queryKey: ['estimates', kind, input],
    queryFn: async ({ signal }) => unwrap(await api.POST('/estimates', { body: { kind, input }, signal })),
    retry: false,
    placeholderData: keepPreviousData,
  });

const eventsKey = (id: string) => ['runs', 'events', id];

/** Follows a run for as long as a page shows it, and goes on where it left off when the run is tried again. */
export const timelineQuery = (id: string, active: boolean) =>
  queryOptions({
    queryKey: eventsKey(id),
    queryFn: streamedQuery<RunEvent, Timeline>({
      refetchMode: 'append',
      initialValue: emptyTimeline,
      reducer: addEvent,
      streamFn: ({ client, signal }) =>
        followRun(new URL(API_PATH, location.origin).href, id, {
          after: client.getQueryData<Timeline>(eventsKey(id))?.sequence,
          signal,
        }),
    }),
    staleTime: Infinity,
    refetchInterval: active ? LIVELY : false,
    // Comparing the whole history at each event would cost more than drawing it.
    structuralSharing: false,
  });
