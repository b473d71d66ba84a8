import { randomFor } from '@fovea/tensor';

/**
 * `count` of the numbers from 0 to `images` − 1, or all where there are fewer: in increasing order, each set as likely
 * as any other, the same for the same seed and purpose.
 */
export function imageSample(images: number, count: number, seed: number, purpose: string): number[] {
  const numbers = Uint32Array.from({ length: images }, (_, image) => image);
  if (count >= images) return [...numbers];
  const random = randomFor(seed, 0, purpose);
  for (let place = 0; place < count; place++) {
    const chosen = place + random.integer(images - place);
    [numbers[place], numbers[chosen]] = [numbers[chosen]!, numbers[place]!];
  }
  return Array.from(numbers.subarray(0, count).toSorted());
}
