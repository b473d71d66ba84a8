/** Bilinear sampling of an image at positions chosen on the host, with a gradient on every backend. */
import { tf } from '@fovea/tensor';

/** For each of the output's positions four input positions (flat, row · width + column) and their weights. */
export interface Taps {
  readonly height: number;
  readonly width: number;
  /** [height · width · 4] */
  readonly positions: Int32Array;
  /** [height · width · 4] */
  readonly weights: Float32Array;
}

/**
 * @param at the position in the input, [row, column], that output position (row, column) shows
 * @param edge what lies outside the input: black (tap by tap, so that edges fade), or, for `crop`, black as soon as
 * the position itself is outside, as in TensorFlow's crop_and_resize; `repeat` tiles the plane
 */
export function bilinearTaps(
  input: readonly [height: number, width: number],
  output: readonly [height: number, width: number],
  at: (row: number, column: number) => readonly [number, number],
  edge: 'zero' | 'crop' | 'repeat',
): Taps {
  const [inHeight, inWidth] = input;
  const [height, width] = output;
  const positions = new Int32Array(height * width * 4);
  const weights = new Float32Array(height * width * 4);
  for (let row = 0, next = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const [y, x] = at(row, column);
      const visible = edge !== 'crop' || (y >= 0 && x >= 0 && y <= inHeight - 1 && x <= inWidth - 1);
      const top = Math.floor(y);
      const left = Math.floor(x);
      for (let corner = 0; corner < 4; corner++, next++) {
        const down = corner >> 1;
        const right = corner & 1;
        const tapY = edge === 'repeat' ? modulo(top + down, inHeight) : top + down;
        const tapX = edge === 'repeat' ? modulo(left + right, inWidth) : left + right;
        if (!visible || tapY < 0 || tapX < 0 || tapY >= inHeight || tapX >= inWidth) continue;
        positions[next] = tapY * inWidth + tapX;
        weights[next] = (down ? y - top : 1 - (y - top)) * (right ? x - left : 1 - (x - left));
      }
    }
  }
  return { height, width, positions, weights };
}

function modulo(value: number, length: number): number {
  return ((value % length) + length) % length;
}

/** @param image [batch, height, width, channels] @returns [batch, taps.height, taps.width, channels] */
export function resample(image: tf.Tensor4D, taps: Taps): tf.Tensor4D {
  const [batch, height, width, channels] = image.shape;
  const pixels = tf.reshape(tf.transpose(image, [1, 2, 0, 3]), [height * width, batch * channels]);
  const read = tf.gather(pixels, tf.tensor1d(taps.positions, 'int32'));
  const weighted = tf.mul(read, tf.tensor2d(taps.weights, [taps.weights.length, 1]));
  const summed = tf.sum(tf.reshape(weighted, [taps.height * taps.width, 4, batch * channels]), 1);
  const shaped = tf.reshape(summed, [taps.height, taps.width, batch, channels]);
  return tf.transpose(shaped, [2, 0, 1, 3]) as tf.Tensor4D;
}
