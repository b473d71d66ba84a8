/** Units of a circuit as pages show them. */
import type { ModelWithLayers } from '@fovea/platform';
import type { LinkObject } from '../../object-links.ts';
import type { Services } from '../../services.ts';
import { labelOf } from '../units/branches.ts';
import { thumbnailKeys, type UnitPlace } from '../units/thumbnails.ts';

export interface DescribedUnit extends UnitPlace {
  readonly label: string | null;
  /** Of its layer in the order of computation; −1 for what the network reads. */
  readonly ordinal: number;
  readonly thumbnail: string | null;
}

/** In the order of computation. */
export async function describeUnits(
  { db, owner }: Services,
  model: ModelWithLayers,
  units: readonly UnitPlace[],
  link: LinkObject,
): Promise<DescribedUnit[]> {
  const thumbnails = await thumbnailKeys(db, owner.teamId, model.id, units);
  const layers = new Map(model.layers.map((layer) => [layer.name, layer]));
  const described = units.map(async ({ layer: name, channel }): Promise<DescribedUnit> => {
    const layer = layers.get(name);
    const thumbnail = thumbnails.get(`${name}:${channel}`);
    return {
      layer: name,
      channel,
      label: layer ? labelOf({ model, layer }, channel) : (colors[channel] ?? null),
      ordinal: layer?.ordinal ?? -1,
      thumbnail: thumbnail ? await link(thumbnail.key, thumbnail) : null,
    };
  });
  return (await Promise.all(described)).toSorted((a, b) => a.ordinal - b.ordinal || a.channel - b.channel);
}

/** What the network reads has colours, not units with pictures. */
const colors = ['red', 'green', 'blue'];
