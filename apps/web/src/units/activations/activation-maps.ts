import { unwrap, type Unit } from '@fovea/client';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
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

/** Not every browser has float16 arrays. */
export function halfPrecision(buffer: ArrayBuffer): Float32Array {
  const bits = new Uint16Array(buffer);
  const values = new Float32Array(bits.length);
  for (const [index, half] of bits.entries()) {
    const exponent = (half >> 10) & 31;
    const fraction = half & 1023;
    const size =
      exponent === 31
        ? fraction === 0
          ? Infinity
          : NaN
        : exponent === 0
          ? fraction * 2 ** -24
          : (1024 + fraction) * 2 ** (exponent - 25);
    values[index] = half >> 15 ? -size : size;
  }
  return values;
}
