import { tf } from '@fovea/tensor';
import { selection } from '../sparse-map.ts';
import { margins } from './pad.ts';
import { separable } from './stage.ts';
import { withSize, type Transform } from './transform.ts';

/** The middle, or black margins around: for architectures that insist on one size. */
export function cropOrPadTo(height: number, width: number): Transform<null> {
  return {
    draw: (shape) => ({ draw: null, shape: withSize(shape, height, width) }),
    apply(image) {
      const [batch, fromHeight, fromWidth, channels] = image.shape;
      const top = Math.floor(Math.max(fromHeight - height, 0) / 2);
      const left = Math.floor(Math.max(fromWidth - width, 0) / 2);
      const [keptHeight, keptWidth] = [Math.min(height, fromHeight), Math.min(width, fromWidth)];
      const cropped = tf.slice(image, [0, top, left, 0], [batch, keptHeight, keptWidth, channels]);
      const above = Math.floor((height - keptHeight) / 2);
      const before = Math.floor((width - keptWidth) / 2);
      return tf.pad(cropped, margins(above, height - keptHeight - above, before, width - keptWidth - before));
    },
    stages(_, shape) {
      const along = (from: number, to: number) => {
        const start = Math.floor(Math.max(from - to, 0) / 2) - Math.floor(Math.max(to - from, 0) / 2);
        return selection(from, to, (position) => position + start);
      };
      return [separable(shape, along(shape[1], height), along(shape[2], width))];
    },
  };
}
