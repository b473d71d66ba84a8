/** Images that any vision network responds to, for the self-test: no files needed, the same everywhere. */
import { tf } from '@fovea/tensor';

const gratingsPerImage = 24;

/** Halton-like sequence: well spread over [0, 1), and the same on every machine. */
function spread(index: number, dimension: number): number {
  const irrationals = [0.6180339887, 0.7548776662, 0.8191725134, 0.8566748839, 0.8812714617];
  return ((index + 1) * irrationals[dimension]!) % 1;
}

/**
 * Superposed coloured gratings of every orientation, with amplitudes that fall with frequency as those of
 * photographs do. [count, height, width, 3] in [0, 1].
 */
export function probeImages(count: number, height: number, width: number): tf.Tensor4D {
  return tf.tidy(() => {
    const y = tf.linspace(0, 1, height).reshape([height, 1]);
    const x = tf.linspace(0, 1, width).reshape([1, width]);
    const images = Array.from({ length: count }, (_, image) =>
      tf.stack(
        [0, 1, 2].map((color) => plane(image, color, y, x)),
        -1,
      ),
    );
    return tf.stack(images) as tf.Tensor4D;
  });
}

/** One colour channel, [height, width] in [0, 1]. */
function plane(image: number, color: number, y: tf.Tensor, x: tf.Tensor): tf.Tensor {
  const gratings = Array.from({ length: gratingsPerImage }, (_, grating) => {
    const index = image * gratingsPerImage + grating;
    const cycles = 1 + 40 * spread(index, 0) ** 2;
    const angle = Math.PI * spread(index, 1);
    // Neighbouring colours are alike in photographs: one phase for all, moved a little by colour.
    const phase = 2 * Math.PI * (spread(index, 2) + 0.3 * color * spread(index, 3));
    const wave = y
      .mul(Math.sin(angle))
      .add(x.mul(Math.cos(angle)))
      .mul(2 * Math.PI * cycles)
      .add(phase);
    return wave.sin().div(Math.sqrt(cycles));
  });
  const brightness = 0.25 + 0.5 * spread(image, 4);
  return tf.addN(gratings).mul(0.12).add(brightness).clipByValue(0, 1);
}
