import { tf } from '@fovea/tensor';
import { inverseRealDft, keptFrequencies, radialFrequencies } from './inverse-dft.ts';
import { normalArray, type Field, type ImageShape } from './parametrization.ts';

export interface FourierOptions {
  /** Of the initial coefficients. */
  readonly standardDeviation?: number;
  /** Coefficients weigh 1 / frequency^decayPower. */
  readonly decayPower?: number;
  /** Factor after the transform; Lucid divides by 4. */
  readonly gain?: number;
}

/**
 * Fourier coefficients, scaled so that all frequencies start with the energy that natural images have and a
 * learning rate means what it means for pixels. https://distill.pub/2017/feature-visualization/#preconditioning
 * The parameter is [2, batch, channels, height, keptFrequencies(width)].
 */
export function fourierField(
  [batch, height, width, channels]: ImageShape,
  { standardDeviation = 0.01, decayPower = 1, gain = 1 / 4 }: FourierOptions = {},
): Field {
  const spectrumShape = [2, batch, channels, height, keptFrequencies(width)];
  const scale = fourierScale(height, width, decayPower).map((factor) => factor * gain);
  const inverse = inverseRealDft(height, width);
  return {
    count: 1,
    initial: (random) => [normalArray(spectrumShape, standardDeviation, random)],
    values([spectrum]) {
      return inverse(tf.mul(spectrum!, tf.tensor2d(scale, [height, keptFrequencies(width)])));
    },
  };
}

/** √(width · height) / max(frequency, 1 / max(width, height))^decayPower, [height · keptFrequencies(width)] */
export function fourierScale(height: number, width: number, decayPower: number): Float32Array {
  const lowest = 1 / Math.max(width, height);
  const unitary = Math.sqrt(width * height);
  return Float32Array.from(
    radialFrequencies(height, width),
    (frequency) => unitary / Math.max(frequency, lowest) ** decayPower,
  );
}
