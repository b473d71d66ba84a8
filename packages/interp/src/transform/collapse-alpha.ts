import { tf } from '@fovea/tensor';
import { toValidRgb } from '../parametrization/colour.ts';
import { fourierField } from '../parametrization/fourier.ts';
import { toTensors, type ParameterArray } from '../parametrization/parametrization.ts';
import type { Transform } from './transform.ts';

/**
 * Lays a picture with alpha over a random image whose spectrum falls like that of natural ones, new at each step:
 * what the unit does not care about becomes transparent.
 */
export function collapseAlphaRandom(standardDeviation = 0.5): Transform<readonly ParameterArray[]> {
  const background = (batch: number, height: number, width: number) =>
    fourierField([batch, height, width, 3], { standardDeviation });
  const collapse = (image: tf.Tensor4D, draw: readonly tf.Tensor[]): tf.Tensor4D => {
    const [batch, height, width] = image.shape;
    const behind = toValidRgb(background(batch, height, width).values(draw));
    const [colours, alpha] = tf.split(image, [3, 1], 3) as [tf.Tensor4D, tf.Tensor4D];
    return tf.add(tf.mul(alpha, colours), tf.mul(tf.sub(1, alpha), behind));
  };
  return {
    draw([batch, height, width], { random }) {
      const draw = background(batch, height, width).initial(random);
      return { draw, shape: [batch, height, width, 3] };
    },
    apply: (image, draw) => collapse(image, toTensors(draw)),
    stages: (draw, [batch, height, width]) => [
      { kind: 'fed', shape: [batch, height, width, 3], name: 'collapseAlpha', arrays: draw, apply: collapse },
    ],
  };
}
