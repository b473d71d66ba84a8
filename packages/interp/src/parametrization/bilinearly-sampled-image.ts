import type { tf } from '@fovea/tensor';
import { bilinearTaps, resample } from '../resample.ts';

/**
 * What a renderer shows of a texture, by the rules of OpenGL (GL_REPEAT, GL_LINEAR; v runs upwards).
 * @param texture [batch, height, width, channels]
 * @param uv [height · width · 2] coordinates in [0, 1]
 * @returns [batch, height, width, channels] of the frame
 */
export function bilinearlySampledImage(
  texture: tf.Tensor4D,
  uv: Float32Array,
  frame: readonly [height: number, width: number],
): tf.Tensor4D {
  const [, height, width] = texture.shape;
  const at = (row: number, column: number) => {
    const index = 2 * (row * frame[1] + column);
    return [(1 - uv[index + 1]!) * height - 0.5, uv[index]! * width - 0.5] as const;
  };
  return resample(texture, bilinearTaps([height, width], frame, at, 'repeat'));
}
