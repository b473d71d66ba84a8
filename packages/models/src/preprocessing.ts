/**
 * From an image in [0, 1], RGB, to what a network reads: y = (x · scale − mean) / std per channel, in the
 * network's channel order. A wrong value range is the commonest silent error of feature visualization, so
 * this is part of a model's digest.
 */
import { tf } from '@fovea/tensor';
import { z } from 'zod';

const perChannel = z.tuple([z.number(), z.number(), z.number()]);

export const preprocessingSchema = z.object({
  height: z.int().positive().describe('Nominal input height in pixels'),
  width: z.int().positive().describe('Nominal input width in pixels'),
  channelOrder: z.enum(['rgb', 'bgr']),
  scale: z.number().positive().describe('Factor applied to values in [0, 1], such as 255'),
  mean: perChannel.describe('Subtracted after scaling, in the channel order of the network'),
  std: perChannel.describe('Divided by, in the channel order of the network'),
});

export type Preprocessing = z.infer<typeof preprocessingSchema>;

/** RGB [batch, height, width, 3] in [0, 1] → what the network reads. Differentiable; does not resize. */
export function preprocess(image: tf.Tensor4D, preprocessing: Preprocessing): tf.Tensor4D {
  const { channelOrder, scale, mean, std } = preprocessing;
  return tf.tidy(() => {
    const ordered = channelOrder === 'rgb' ? image : image.reverse(-1);
    return ordered.mul(scale).sub(tf.tensor1d(mean)).div<tf.Tensor4D>(tf.tensor1d(std));
  });
}
