import type { ImageDataset, Split } from '@fovea/data';
import type { Batch } from '@fovea/interp';

/** The images at `indices` of a part of the data set, in this order. */
export function drawBatch(images: ImageDataset, split: Split, indices: readonly number[]): Batch {
  const size = images.height * images.width * 3;
  const batch = { pixels: new Uint8Array(indices.length * size), labels: new Int32Array(indices.length) };
  indices.forEach((index, position) => {
    const { pixels, label } = images.image(split, index);
    batch.pixels.set(pixels, position * size);
    batch.labels[position] = label;
  });
  return batch;
}
