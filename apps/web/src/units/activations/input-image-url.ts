import { API_PATH } from '../../api/client.ts';
import type { UnitSweep } from './sweeps.ts';

/** An image of the swept dataset as the network reads it. */
export function inputImageUrl(model: string, { subject, layer }: UnitSweep, index: number): string {
  const split = encodeURIComponent(layer.split);
  return `${API_PATH}/datasets/${subject}/images/${split}/${index}/input?${new URLSearchParams({ model })}`;
}
