/** What a linearised network answers to impulses, against what weights predict. */
import type { HookedModel } from '@fovea/models';
import { tf } from '@fovea/tensor';
import { cutBetween, imageInput, runCut } from '../cut.ts';
import { kernelBetween, partOf, type EffectiveWeights } from '../weights/effective-weights.ts';
import { linearizedModel } from '../weights/linearized-model.ts';

/**
 * The largest difference, in relation to the largest weight, between what the weights predict and what the linearised
 * network answers to one channel of the source being one at one position, over all positions of the target that see
 * that position but no edge.
 */
export function impulseError(
  model: HookedModel,
  weights: EffectiveWeights,
  input: number,
  linearization = {},
): number {
  const linear = linearizedModel(model, linearization);
  const cut = cutBetween(linear, weights.from, weights.to);
  const [height, width, channels] = cut.shape as [number, number, number];
  const [y, x] = [Math.floor(height / 2), Math.floor(width / 2)];
  const response = tf.tidy(() => {
    const impulse = tf.buffer([1, height, width, channels]);
    impulse.set(1, 0, y, x, input);
    const { image } = imageInput(linear, cut);
    const grey = image && tf.zeros([...image.shape]);
    const run = (value: tf.Tensor) => runCut(linear, cut, value, grey);
    return run(impulse.toTensor()).sub(run(tf.zeros([1, height, width, channels])));
  });
  const [, rows, columns, outputs] = response.shape as [number, number, number, number];
  const measured = response.dataSync();
  let [error, largest] = [0, 0];
  for (let output = 0; output < outputs; output++) {
    const { part } = partOf(weights, output);
    const kernel = kernelBetween(weights, input, output);
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const first = [
          part.stride[0] * row + part.offset[0],
          part.stride[1] * column + part.offset[1],
        ] as const;
        const inside =
          first[0] >= 0 &&
          first[1] >= 0 &&
          first[0] + part.height <= height &&
          first[1] + part.width <= width;
        if (!inside) continue;
        const [dy, dx] = [y - first[0], x - first[1]];
        const hit = dy >= 0 && dy < part.height && dx >= 0 && dx < part.width;
        const predicted = hit ? kernel[dy * part.width + dx]! : 0;
        const actual = measured[(row * columns + column) * outputs + output]!;
        error = Math.max(error, Math.abs(predicted - actual));
        largest = Math.max(largest, Math.abs(predicted));
      }
  }
  return error / largest;
}
