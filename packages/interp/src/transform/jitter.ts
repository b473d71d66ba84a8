import { tf } from '@fovea/tensor';
import { selection } from '../sparse-map.ts';
import { separable } from './stage.ts';
import { ImageTooSmallError, withSize, type Transform } from './transform.ts';

/** A random crop to a size smaller by `distance` in each direction: no pixel from outside the image enters. */
export function jitter(distance: number): Transform<{ readonly top: number; readonly left: number }> {
  return {
    draw(shape, { random }) {
      const [, height, width] = shape;
      if (distance >= height || distance >= width) throw new ImageTooSmallError(`jitter(${distance})`, shape);
      const draw = { top: random.integer(distance + 1), left: random.integer(distance + 1) };
      return { draw, shape: withSize(shape, height - distance, width - distance) };
    },
    apply(image, { top, left }) {
      const [batch, height, width, channels] = image.shape;
      return tf.slice(image, [0, top, left, 0], [batch, height - distance, width - distance, channels]);
    },
    stages({ top, left }, shape) {
      const [, height, width] = shape;
      const rows = selection(height, height - distance, (row) => row + top);
      const columns = selection(width, width - distance, (column) => column + left);
      return [separable(shape, rows, columns)];
    },
  };
}
