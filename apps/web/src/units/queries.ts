import { unwrap } from '@fovea/client';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import type { Unit } from '../models/unit.ts';

export interface UnitAddress extends Unit {
  readonly model: string;
}

/** All that is known of a unit. Its links to pictures expire after hours, so it is not kept for long. */
export const unitQuery = ({ model, layer, channel }: UnitAddress) =>
  queryOptions({
    queryKey: ['units', model, layer, channel],
    queryFn: async ({ signal }) =>
      unwrap(
        await api.GET('/models/{model}/layers/{layer}/units/{channel}', {
          params: { path: { model, layer, channel } },
          signal,
        }),
      ),
    staleTime: 30_000,
  });
