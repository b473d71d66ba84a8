/** What the page of a layer asks of the API. */
import { unwrap } from '@fovea/client';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../api/client.ts';

const WHILE_INDEXED = 15_000;

export const layerQuery = (model: string, layer: string) =>
  queryOptions({
    queryKey: ['models', model, 'layers', layer],
    queryFn: async ({ signal }) =>
      unwrap(await api.GET('/models/{model}/layers/{layer}', { params: { path: { model, layer } }, signal })),
    staleTime: WHILE_INDEXED,
  });

/** All of them at once: the page sorts and filters by itself. */
export const layerUnitsQuery = (model: string, layer: string) =>
  queryOptions({
    queryKey: ['models', model, 'layers', layer, 'units'],
    queryFn: async ({ signal }) =>
      unwrap(
        await api.GET('/models/{model}/layers/{layer}/units', { params: { path: { model, layer } }, signal }),
      ),
    staleTime: WHILE_INDEXED,
  });

export const layerPicturesQuery = (model: string, layer: string, objective: string, sign: 1 | -1) =>
  queryOptions({
    queryKey: ['models', model, 'layers', layer, 'pictures', objective, sign],
    queryFn: async ({ signal }) =>
      unwrap(
        await api.GET('/models/{model}/layers/{layer}/pictures', {
          params: { path: { model, layer }, query: { objective, sign } },
          signal,
        }),
      ),
    staleTime: WHILE_INDEXED,
  });
