import type { ProceduralImages, ProceduralSplit } from '@fovea/data';
import type { Batch } from '@fovea/interp';

/** The images at `indices` of a part of the data set, in this order. */
export function drawBatch(
  images: ProceduralImages,
  split: ProceduralSplit,
  indices: readonly number[],
): Batch {
  const size = images.imageSize.height * images.imageSize.width * 3;
  const batch = { pixels: new Uint8Array(indices.length * size), labels: new Int32Array(indices.length) };
  indices.forEach((index, position) => {
    batch.pixels.set(images.image(split, index).pixels, position * size);
    batch.labels[position] = images.label(split, index);
  });
  return batch;
}
