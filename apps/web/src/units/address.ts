import type { UnitAddress } from './queries.ts';

/** As Next hands the parts of the path over. */
export interface UnitParams {
  name: string;
  layer: string;
  unit: string;
}

/** Null where the last part is no channel. */
export function readAddress({ name, layer, unit }: UnitParams): UnitAddress | null {
  if (!/^\d{1,9}$/.test(unit)) return null;
  return { model: decodeURIComponent(name), layer: decodeURIComponent(layer), channel: Number(unit) };
}
