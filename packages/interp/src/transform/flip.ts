import { tf } from '@fovea/tensor';
import { selection } from '../sparse-map.ts';
import { separable, type FedStage } from './stage.ts';
import type { ImageShape, Transform } from './transform.ts';

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
    stages(pictures, shape) {
      if (shape[0] > 1) return axes.map((axis) => flipSome(pictures, axis, shape));
      const along = (axis: number) => {
        const length = shape[axis]!;
        const isFlipped = pictures[0]!.includes(axis);
        return selection(length, length, (position) => (isFlipped ? length - 1 - position : position));
      };
      return [separable(shape, along(1), along(2))];
    },
  };
}

/** Fed with a mask of the pictures that are flipped. */
function flipSome(pictures: readonly (readonly number[])[], axis: number, shape: ImageShape): FedStage {
  const mask = Float32Array.from(pictures, (flipped) => (flipped.includes(axis) ? 1 : 0));
  return {
    kind: 'fed',
    shape,
    name: `flip ${axis}`,
    arrays: [{ shape: [shape[0], 1, 1, 1], values: mask }],
    apply: (image, [isFlipped]) =>
      tf.add(tf.mul(tf.reverse(image, [axis]), isFlipped!), tf.mul(image, tf.sub(1, isFlipped!))),
  };
}
