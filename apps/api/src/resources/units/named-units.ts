/** Which other units a unit's evidence speaks of: its strongest inputs and outputs, for instance. */
import type { UnitPlace } from './thumbnails.ts';

/**
 * Evidence of every kind names a unit by `layer` and `channel`, side by side, so no kind need be known here. Of the
 * same unit named twice once.
 */
export function namedUnits({ data }: { readonly data: unknown }): UnitPlace[] {
  const found = new Map<string, UnitPlace>();
  collect(data, found);
  return [...found.values()];
}

function collect(value: unknown, found: Map<string, UnitPlace>): void {
  if (Array.isArray(value)) {
    // Long arrays are of numbers: histograms, kernels, tuning curves.
    if (typeof value[0] === 'object') for (const item of value) collect(item, found);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const { layer, channel } = value as { layer?: unknown; channel?: unknown };
  if (typeof layer === 'string' && Number.isInteger(channel))
    found.set(`${layer}:${String(channel)}`, { layer, channel: channel as number });
  for (const item of Object.values(value)) collect(item, found);
}
