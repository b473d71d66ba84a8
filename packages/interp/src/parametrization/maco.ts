/**
 * MaCo: the magnitude of the spectrum stays that of natural images and only phases are optimised, so that the
 * picture cannot fill with high frequencies. https://arxiv.org/abs/2306.06805
 */
import { tf } from '@fovea/tensor';
import { recorrelate } from './colour.ts';
import { inverseRealDft, keptFrequencies, radialFrequencies } from './inverse-dft.ts';
import { normalArray, type Parametrization } from './parametrization.ts';

/** Kept from zero where deviations are divided by. */
const epsilon = 1e-5;

export interface MacoOptions {
  /** [3 · height · keptFrequencies(width)]; default: naturalMagnitude */
  readonly magnitude?: Float32Array;
}

/** One image; the parameter is the phase, [3, height, keptFrequencies(width)], standardised before use. */
export function macoImage(
  { height, width }: { readonly height: number; readonly width: number },
  { magnitude = naturalMagnitude(height, width) }: MacoOptions = {},
): Parametrization {
  const spectrumShape: [number, number, number] = [3, height, keptFrequencies(width)];
  const inverse = inverseRealDft(height, width);
  return {
    shape: [1, height, width, 3],
    initial: (random) => [normalArray(spectrumShape, 1, random)],
    image([parameter]) {
      const phase = standardise(parameter!);
      const size = tf.tensor3d(magnitude, spectrumShape);
      const spectrum = tf.stack([tf.mul(tf.cos(phase), size), tf.mul(tf.sin(phase), size)]);
      const picture = standardise(inverse(tf.expandDims(spectrum, 1)));
      return tf.sigmoid(recorrelate(picture)) as tf.Tensor4D;
    },
  };
}

/**
 * 1 / frequency in each channel of the decorrelated colour space: the amplitude spectrum of natural images (Field
 * 1987; slope 1 in Torralba and Oliva 2003). It stands for the mean spectrum of ImageNet that the article
 * measured; its scale does not matter, because the picture is standardised.
 */
export function naturalMagnitude(height: number, width: number): Float32Array {
  const lowest = 1 / Math.max(height, width);
  const channel = Array.from(
    radialFrequencies(height, width),
    (frequency) => 1 / Math.max(frequency, lowest),
  );
  return Float32Array.from([...channel, ...channel, ...channel]);
}

function standardise(x: tf.Tensor): tf.Tensor {
  const { mean, variance } = tf.moments(x);
  return tf.div(tf.sub(x, mean), tf.add(tf.sqrt(variance), epsilon));
}
