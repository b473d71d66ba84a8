import { defaultProvider, reasonForEager } from '@fovea/tensor';

/**
 * How many computations of a method are best done at once on so many threads: one on each where they are compiled for
 * the processor; elsewhere each takes the whole device.
 */
export function placesFor(threads: number): number {
  return reasonForEager() === undefined && defaultProvider() === 'cpu' ? threads : 1;
}
