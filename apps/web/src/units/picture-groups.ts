import type { UnitPicture } from '@fovea/client';

export interface PictureGroup {
  /** "Channel, positive" */
  readonly title: string;
  readonly pictures: readonly UnitPicture[];
}

type Made = Pick<UnitPicture, 'objective' | 'sign' | 'variant'>;

/** "Neuron, negative"; "Channel, positive, diversity" for each of the pictures that were made to differ. */
export function titleOf({ objective, sign, variant }: Made): string {
  const family = variant.replace(/-\d+$/, '');
  const title = [objective, sign > 0 ? 'positive' : 'negative', ...(family ? [family] : [])].join(', ');
  return title[0]!.toUpperCase() + title.slice(1);
}

/** What excites before what inhibits, plain ones before variants, the channel before the neuron. */
const order: readonly ((made: Made) => number)[] = [
  ({ sign }) => -sign,
  ({ variant }) => Number(variant !== ''),
  ({ objective }) => ['channel', 'neuron'].indexOf(objective),
];

/** Those that differ by their seed alone together, and those that were made together to differ. */
export function groupPictures(pictures: readonly UnitPicture[]): PictureGroup[] {
  const groups = Map.groupBy(pictures, titleOf);
  return [...groups.values()]
    .toSorted(
      ([a], [b]) => order.map((rank) => rank(a!) - rank(b!)).find((difference) => difference !== 0) ?? 0,
    )
    .map((ofGroup) => ({
      title: titleOf(ofGroup[0]!),
      pictures: ofGroup.toSorted((a, b) => a.restart - b.restart || a.variant.localeCompare(b.variant)),
    }));
}

/** "restart 1", or "picture 2" of those that were made to differ. */
export function takeOf({ variant, restart }: Pick<UnitPicture, 'variant' | 'restart'>): string {
  const index = /-(\d+)$/.exec(variant)?.[1];
  return index === undefined ? `restart ${restart}` : `picture ${index}`;
}
