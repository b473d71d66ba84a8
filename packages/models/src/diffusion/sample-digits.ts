/** Digits from the MNIST diffusion transformer, as its authors sample them. */
import { randomFor, tf } from '@fovea/tensor';
import type { HookedModel } from '../hooked-model.ts';
import { guided, integrateFlow, velocityTo } from './flow-matching.ts';

/** Stands for no class. */
const noClass = 10;

export interface DigitOptions {
  readonly seed: number;
  /** Default 50. */
  readonly steps?: number;
  /** Weight of the class against none, in the middle of the way. Default 2. */
  readonly guidance?: number;
  /** Times between which the class has that weight. Default 0.3 to 0.7. */
  readonly guided?: readonly [from: number, to: number];
}

/**
 * @param model of the architecture `dit_mnist`
 * @param digits 0 to 9, or 10 for any
 * @returns [digits, 28, 28, 1] in [0, 1]
 */
export function sampleDigits(
  model: HookedModel,
  digits: readonly number[],
  options: DigitOptions,
): tf.Tensor4D {
  const { seed, steps = 50, guidance = 2, guided: [from, to] = [0.3, 0.7] } = options;
  const count = digits.length;
  const random = randomFor(seed, 0, 'noise');
  return tf.tidy(() => {
    const values = Float32Array.from({ length: count * 28 * 28 }, () => random.normal());
    const noise = tf.tensor4d(values, [count, 28, 28, 1]);
    const wanted = tf.tensor1d([...digits], 'int32');
    const none = tf.tensor1d(
      digits.map(() => noClass),
      'int32',
    );
    const denoised = (image: tf.Tensor, time: number, label: tf.Tensor) =>
      model.run({ image, time: tf.ones([count]).mul(time), class: label }, { until: ['denoised'] }).denoised!;
    const sampled = integrateFlow(
      (image, time) => {
        const conditional = denoised(image, time, wanted);
        const clean =
          from < time && time < to ? guided(conditional, denoised(image, time, none), guidance) : conditional;
        return velocityTo(clean, image, time);
      },
      noise,
      { steps },
    );
    return sampled.clipByValue(0, 1) as tf.Tensor4D;
  });
}
