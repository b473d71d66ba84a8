/** What the pages of circuits ask of the API. */
import { unwrap } from '@fovea/client';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import type { Unit } from '../models/unit.ts';
import { unitKey } from './circuit.ts';

export const findCircuitQuery = (model: string, units: readonly Unit[], neighbours: number) =>
  queryOptions({
    queryKey: ['circuits', 'find', model, units.map(unitKey), neighbours],
    queryFn: async ({ signal }) =>
      unwrap(
        await api.GET('/models/{model}/circuit', {
          params: { path: { model }, query: { unit: units.map(unitKey), neighbours } },
          signal,
        }),
      ),
    staleTime: 10_000,
  });

export const circuitQuery = (id: string) =>
  queryOptions({
    queryKey: ['circuits', 'one', id],
    queryFn: async ({ signal }) =>
      unwrap(await api.GET('/circuits/{id}', { params: { path: { id } }, signal })),
    // What somebody changes here must not be overwritten by what comes from elsewhere.
    staleTime: Infinity,
  });

export const circuitsQuery = (model: string | null) =>
  infiniteQueryOptions({
    queryKey: ['circuits', 'list', model],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) =>
      unwrap(
        await api.GET('/circuits', {
          params: { query: { model: model ?? undefined, cursor: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
