import type { Unit } from '../models/unit.ts';

/** The stable address of a unit's page. */
export const unitHref = (model: string, { layer, channel }: Unit) =>
  `/models/${encodeURIComponent(model)}/${encodeURIComponent(layer)}/${channel}`;
