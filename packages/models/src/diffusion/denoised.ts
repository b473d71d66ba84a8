/** From what a diffusion network computes to the clean sample and the noise that it implies. */
import { tf } from '@fovea/tensor';
import type { DdimConfig, DdpmConfig, SchedulerConfig } from './scheduler-config.ts';

export interface Denoised {
  /** x̂_0. */
  readonly sample: tf.Tensor;
  /** ε̂. */
  readonly noise: tf.Tensor;
}

/**
 * @param sample x_t
 * @param output of the network: ε, x_0 or v, as the prediction type says
 * @param alphaBar ᾱ_t
 */
export function denoise(
  predictionType: SchedulerConfig['predictionType'],
  sample: tf.Tensor,
  output: tf.Tensor,
  alphaBar: number,
): Denoised {
  const signal = Math.sqrt(alphaBar);
  const noise = Math.sqrt(1 - alphaBar);
  if (predictionType === 'epsilon')
    return { sample: sample.sub(output.mul(noise)).div(signal), noise: output };
  if (predictionType === 'sample')
    return { sample: output, noise: sample.sub(output.mul(signal)).div(noise) };
  return {
    sample: sample.mul(signal).sub(output.mul(noise)),
    noise: output.mul(signal).add(sample.mul(noise)),
  };
}

/** The clean sample kept in the range of data: by dynamic thresholds, by clipping, or not at all. */
export function bounded(config: DdpmConfig | DdimConfig, sample: tf.Tensor): tf.Tensor {
  if (config.thresholding) return thresholded(sample, config.dynamicThresholdingRatio, config.sampleMaxValue);
  if (config.clipSample) return sample.clipByValue(-config.clipSampleRange, config.clipSampleRange);
  return sample;
}

/**
 * Scales each sample of the batch by that quantile of its magnitudes, where it lies between 1 and `maxValue`
 * (Saharia et al., "Photorealistic Text-to-Image Diffusion Models", 2022, section 2.3).
 */
function thresholded(sample: tf.Tensor, ratio: number, maxValue: number): tf.Tensor {
  const [batch = 1, ...rest] = sample.shape;
  const threshold = quantile(sample.reshape([batch, -1]).abs(), ratio)
    .clipByValue(1, Math.max(1, maxValue))
    .reshape([batch, ...rest.map(() => 1)]);
  return tf.minimum(tf.maximum(sample, threshold.neg()), threshold).div(threshold);
}

/** Per row, linear between neighbours: [rows, values] → [rows, 1]. */
function quantile(values: tf.Tensor, ratio: number): tf.Tensor {
  const last = values.shape[1]! - 1;
  const place = ratio * last;
  const below = Math.floor(place);
  const { values: largest } = tf.topk(values, last - below + 1, true);
  const [low, high] = [last - below, Math.max(last - below - 1, 0)].map((index) =>
    largest.slice([0, index], [-1, 1]),
  );
  return low!.add(high!.sub(low!).mul(place - below));
}
