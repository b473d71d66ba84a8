import { tf } from '@fovea/tensor';
import { margins } from './pad.ts';
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
  };
}
