/** What the page of a layer asks of the API. */
import { unwrap, type UnitList } from '@fovea/client';
import { queryOptions, skipToken } from '@tanstack/react-query';
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
    queryFn: async ({ signal }) => {
      let list = await unitsFrom(model, layer, undefined, signal);
      // A page holds thousands: only the largest layers have more than one.
      while (list.nextCursor !== null) {
        const next = await unitsFrom(model, layer, list.nextCursor, signal);
        list = { ...next, items: [...list.items, ...next.items] };
      }
      return list;
    },
    staleTime: WHILE_INDEXED,
  });

async function unitsFrom(
  model: string,
  layer: string,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<UnitList> {
  return unwrap(
    await api.GET('/models/{model}/layers/{layer}/units', {
      params: { path: { model, layer }, query: { cursor } },
      signal,
    }),
  );
}

/** How much every unit fires like one of them; null where no sweep has told. */
export const correlationsQuery = (model: string, layer: string, channel: number | null) =>
  queryOptions({
    queryKey: ['models', model, 'layers', layer, 'correlations', channel],
    queryFn:
      channel === null
        ? skipToken
        : async ({ signal }) =>
            unwrap(
              await api.GET('/models/{model}/layers/{layer}/correlations', {
                params: { path: { model, layer }, query: { channel } },
                signal,
              }),
            ),
    staleTime: WHILE_INDEXED,
  });

/** @param objective null for those that every unit is shown by */
export const layerPicturesQuery = (model: string, layer: string, objective: string | null, sign: 1 | -1) =>
  queryOptions({
    queryKey: ['models', model, 'layers', layer, 'pictures', objective, sign],
    queryFn: async ({ signal }) =>
      unwrap(
        await api.GET('/models/{model}/layers/{layer}/pictures', {
          params: { path: { model, layer }, query: { objective: objective ?? undefined, sign } },
          signal,
        }),
      ),
    staleTime: WHILE_INDEXED,
  });
