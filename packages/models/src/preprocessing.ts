/**
 * From an image in [0, 1] to what a network reads: y = (x · scale − mean) / std per channel, in the
 * network's channel order. A wrong value range is the commonest silent error of feature visualization, so
 * this is part of a model's digest.
 */
import { tf } from '@fovea/tensor';
import { z } from 'zod';
import { ChannelCountError } from './errors.ts';

const perChannel = z.array(z.number()).min(1);

export const preprocessingSchema = z.object({
  height: z.int().positive().describe('Nominal input height in pixels'),
  width: z.int().positive().describe('Nominal input width in pixels'),
  channelOrder: z.enum(['rgb', 'bgr']).describe('bgr turns the order of the channels around'),
  scale: z.number().positive().describe('Factor applied to values in [0, 1], such as 255'),
  mean: perChannel.describe('Subtracted after scaling, in the channel order of the network'),
  std: perChannel.describe('Divided by, in the channel order of the network'),
  crop: z
    .number()
    .positive()
    .max(1)
    .describe('Side of the central square that is kept of a photograph, as a share of its shorter side'),
  interpolation: z.enum(['bilinear', 'bicubic']).describe('Filter by which a photograph is resized'),
});

export type Preprocessing = z.infer<typeof preprocessingSchema>;

/** What most networks trained on ImageNet with PyTorch expect, at 224 × 224. */
export const imagenetPreprocessing: Preprocessing = {
  height: 224,
  width: 224,
  channelOrder: 'rgb',
  scale: 1,
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
  crop: 0.875,
  interpolation: 'bilinear',
};

/** [0, 1] becomes [-1, 1]: the convention of TensorFlow's Inception networks and of many vision transformers. */
export const symmetricPreprocessing: Preprocessing = {
  ...imagenetPreprocessing,
  mean: [0.5, 0.5, 0.5],
  std: [0.5, 0.5, 0.5],
};

/** OpenAI's CLIP and its successors: the mean and deviation of the images that they were trained on. */
export const clipPreprocessing: Preprocessing = {
  ...imagenetPreprocessing,
  mean: [0.48145466, 0.4578275, 0.40821073],
  std: [0.26862954, 0.26130258, 0.27577711],
  crop: 1,
  interpolation: 'bicubic',
};

/** For images of another number of channels, of which nothing more is known: [0, 1] becomes [-1, 1]. */
export function withChannels(preprocessing: Preprocessing, channels: number): Preprocessing {
  if (preprocessing.mean.length === channels) return preprocessing;
  const half = Array<number>(channels).fill(0.5);
  return { ...preprocessing, mean: half, std: half };
}

/**
 * With mean and deviation for each of `channels`: a single number stands for all of them.
 * @param network in the error's message
 * @throws ChannelCountError
 */
export function forChannels(
  { mean, std, ...others }: Preprocessing,
  channels: number,
  network: string,
): Preprocessing {
  const spread = (part: 'mean' | 'std', values: readonly number[]): number[] => {
    if (values.length === 1) return Array<number>(channels).fill(values[0]!);
    if (values.length !== channels) throw new ChannelCountError(network, channels, part, values.length);
    return [...values];
  };
  return { ...others, mean: spread('mean', mean), std: spread('std', std) };
}

/** Image [batch, height, width, channels] in [0, 1] → what the network reads. Differentiable; does not resize. */
export function preprocess(image: tf.Tensor4D, preprocessing: Preprocessing): tf.Tensor4D {
  const { channelOrder, scale, mean, std } = preprocessing;
  return tf.tidy(() => {
    const ordered = channelOrder === 'rgb' ? image : image.reverse(-1);
    return ordered.mul(scale).sub(tf.tensor1d(mean)).div<tf.Tensor4D>(tf.tensor1d(std));
  });
}

/** Between which values the channels of a preprocessed image lie. */
export function valueRange({ scale, mean, std }: Preprocessing): { min: number; max: number } {
  const ends = mean.flatMap((average, channel) =>
    [0, scale].map((value) => (value - average) / std[channel]!),
  );
  return { min: Math.min(...ends), max: Math.max(...ends) };
}
