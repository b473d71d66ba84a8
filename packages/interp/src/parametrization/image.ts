/** Images of fields: colours, transparency and grey levels. Lucid, optvis/param/images.py. */
import { tf } from '@fovea/tensor';
import { toValidRgb } from './colour.ts';
import type { Field, ImageShape, Parametrization } from './parametrization.ts';

type MakeField = (shape: ImageShape) => Field;
export interface PictureSize {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
}

/** [batch, height, width, 3], or 4 with an alpha channel, in [0, 1]. */
export function colourImage(
  { batch, height, width }: PictureSize,
  makeField: MakeField,
  { decorrelate = true, sigmoid = true, alpha = false } = {},
): Parametrization {
  const shape = [batch, height, width, alpha ? 4 : 3] as const;
  const field = makeField(shape);
  return {
    shape,
    initial: (random) => field.initial(random),
    image(parameters) {
      const values = field.values(parameters);
      if (!alpha) return toValidRgb(values, { decorrelate, sigmoid });
      const [colours, opacity] = tf.split(values, [3, 1], 3) as [tf.Tensor4D, tf.Tensor4D];
      return tf.concat([toValidRgb(colours, { decorrelate, sigmoid }), tf.sigmoid(opacity)], 3);
    },
  };
}

/** Any number of channels, squashed one by one. */
export function channelImage(
  { batch, height, width }: PictureSize,
  makeField: MakeField,
  channels: number,
): Parametrization {
  const shape = [batch, height, width, channels] as const;
  const field = makeField(shape);
  return {
    shape,
    initial: (random) => field.initial(random),
    image: (parameters) => tf.sigmoid(field.values(parameters)),
  };
}

/** One grey channel, three times: what Lucid calls grayscale_image_rgb. */
export function grayscaleImage(size: PictureSize, makeField: MakeField): Parametrization {
  const grey = channelImage(size, makeField, 1);
  return {
    shape: [size.batch, size.height, size.width, 3],
    initial: (random) => grey.initial(random),
    image: (parameters) => tf.tile(grey.image(parameters), [1, 1, 1, 3]),
  };
}
