/** Networks that were trained anew for other classes than the published ones. */
import { isDeepStrictEqual } from 'node:util';
import type { Architecture, CheckpointDescription, Variant } from '../architecture.ts';
import { ownNaming, sourceOf } from '../naming.ts';
import { networkOf } from '../network.ts';

/**
 * The `configure` of an architecture whose networks differ from the published ones in the number of classes.
 * @param lastLayer whose weights have a row for each class
 * @param published the usual number of classes
 * @param variants drawn for a number of classes
 */
export function forOtherClasses(
  lastLayer: string,
  published: number,
  variants: (classes: number) => readonly Variant[],
): NonNullable<Architecture['configure']> {
  return ({ tensors }) => {
    const classes = tensors.get(`${lastLayer}.weight`)?.shape[0];
    if (classes === undefined || classes === published) return undefined;
    // A deeper network has all that a shallower one has.
    return variants(classes)
      .filter((variant) => isFilled(variant, tensors))
      .toSorted((a, b) => networkOf(b).tensors.length - networkOf(a).tensors.length)[0];
  };
}

function isFilled(variant: Variant, tensors: CheckpointDescription['tensors']): boolean {
  const [naming] = variant.namings ?? [ownNaming];
  return networkOf(variant).tensors.every((tensor) => {
    const { name, shape } = sourceOf(naming, tensor);
    return isDeepStrictEqual(tensors.get(name)?.shape, shape);
  });
}
