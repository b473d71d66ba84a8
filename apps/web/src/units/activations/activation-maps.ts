import { unwrap, type Unit } from '@fovea/client';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import { halfPrecision } from './half-precision.ts';
import type { UnitSweep } from './sweeps.ts';

/** [examples][rows · columns], in the order of the sweep's examples. */
export const activationMapsQuery = ({ model, layer, channel }: Unit, sweep: UnitSweep) =>
  queryOptions({
    queryKey: ['units', model, layer.name, channel, 'maps', sweep.key, sweep.runId],
    queryFn: async ({ signal }) => {
      const { subject, activations, grid } = sweep;
      const answer = await api.GET('/models/{model}/layers/{layer}/units/{channel}/activation-maps', {
        params: {
          path: { model, layer: layer.name, channel },
          query: { subject, tokens: activations.tokens },
        },
        parseAs: 'arrayBuffer',
        signal,
      });
      const values = halfPrecision(unwrap(answer));
      const positions = grid[0] * grid[1];
      return activations.examples.map((_, index) =>
        values.subarray(index * positions, (index + 1) * positions),
      );
    },
    staleTime: Infinity,
  });
