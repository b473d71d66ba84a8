/** Which other units a unit's evidence speaks of: its strongest inputs and outputs, for instance. */
import { unitActivations, unitExpandedWeights, unitWeights } from '@fovea/experiments/schema';
import type { z } from 'zod';
import type { UnitPlace } from './thumbnails.ts';

interface Evidence {
  readonly layer: string;
  readonly kind: string;
  readonly data: unknown;
}

type Reader = (data: unknown, layer: string) => UnitPlace[];

/** Of evidence that names units; those of a layer are named by their channel alone. */
const readers: Readonly<Record<string, Reader>> = {
  'activation-sweep': reader(unitActivations, ({ groups }, layer) =>
    groups.flatMap(({ alike, opposed }) => placed(layer, alike, opposed)),
  ),
  'unit-weights': reader(unitWeights, ({ other, excitatory, inhibitory, alike }, layer) => [
    ...placed(other, excitatory, inhibitory),
    ...placed(layer, alike),
  ]),
  'expanded-weights': reader(unitExpandedWeights, ({ from, excitatory, inhibitory }) =>
    placed(from, excitatory, inhibitory),
  ),
};

/** What an older version of Fovea wrote, and this one cannot read, names nothing. */
function reader<Data>(schema: z.ZodType<Data>, read: (data: Data, layer: string) => UnitPlace[]): Reader {
  return (data, layer) => {
    const parsed = schema.safeParse(data);
    return parsed.success ? read(parsed.data, layer) : [];
  };
}

type Named = readonly { readonly channel: number }[];

const placed = (layer: string, ...lists: readonly Named[]): UnitPlace[] =>
  lists.flat().map(({ channel }) => ({ layer, channel }));

/** Each once. */
export function namedUnits(evidence: readonly Evidence[]): UnitPlace[] {
  const units = evidence.flatMap(({ kind, data, layer }) => readers[kind]?.(data, layer) ?? []);
  return [...new Map(units.map((unit) => [`${unit.layer}:${unit.channel}`, unit])).values()];
}
