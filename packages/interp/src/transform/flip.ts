import { tf } from '@fovea/tensor';
import type { Transform } from './transform.ts';

/** Mirrors each picture of the batch, each direction with a chance of one half. */
export function randomFlip(directions: {
  readonly horizontal: boolean;
  readonly vertical: boolean;
}): Transform<readonly (readonly number[])[]> {
  const axes = [...(directions.vertical ? [1] : []), ...(directions.horizontal ? [2] : [])];
  return {
    draw(shape, { random }) {
      const pictures = Array.from({ length: shape[0] }, () => axes.filter(() => random.uniform() < 0.5));
      return { draw: pictures, shape };
    },
    apply(image, pictures) {
      if (pictures.every((flipped) => flipped.length === 0)) return image;
      const [, ...size] = image.shape;
      const parts = pictures.map((_, index) => tf.slice(image, [index, 0, 0, 0], [1, ...size]));
      return tf.concat(
        parts.map((part, index) =>
          pictures[index]!.length > 0 ? tf.reverse(part, [...pictures[index]!]) : part,
        ),
        0,
      );
    },
  };
}
