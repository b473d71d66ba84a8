import { unwrap } from '@fovea/client';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client.ts';

/** Of those of the units that have any, by channel. */
export const expandedWeightsQuery = (model: string, layer: string, channels: readonly number[]) =>
  queryOptions({
    queryKey: ['units', model, layer, 'expanded-weights', channels],
    queryFn: async ({ signal }) =>
      unwrap(
        await api.GET('/models/{model}/layers/{layer}/expanded-weights', {
          params: { path: { model, layer }, query: { channel: [...channels] } },
          signal,
        }),
      ),
    select: ({ items }) => new Map(items.map((item) => [item.channel, item])),
    staleTime: 60_000,
  });
