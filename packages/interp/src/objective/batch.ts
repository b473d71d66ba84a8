/** Objectives on how the pictures of a batch relate. */
import { tf } from '@fovea/tensor';
import { ofBatch, type Objective } from './objective.ts';

/** How far apart two pictures may be in the batch and still be compared. */
const alignmentReach = 4;

/**
 * −Σ over distances d = 1 … 4 and pairs of mean((a_i − a_{i+d})²) / decayRatio^d: neighbouring pictures alike.
 * Already negative: maximise it.
 */
export function alignment(layer: string, decayRatio = 2): Objective {
  return (activations) => {
    const value = activations.layer(layer);
    const pictures = value.shape[0];
    let total: tf.Scalar = tf.scalar(0);
    for (let d = 1; d <= Math.min(alignmentReach, pictures - 1); d++) {
      const rest = value.shape.slice(1);
      const begin = rest.map(() => 0);
      const first = tf.slice(value, [0, ...begin], [pictures - d, ...rest]);
      const second = tf.slice(value, [d, ...begin], [pictures - d, ...rest]);
      // A sum of means over pairs is the mean over all of them times their number.
      const distances = tf.mul(tf.mean(tf.square(tf.sub(first, second))), pictures - d);
      total = tf.add(total, tf.div(distances, decayRatio ** d));
    }
    return tf.neg(total);
  };
}

/**
 * Σ_{i≠j} ⟨G_i, G_j⟩ / batch over the normalised Gram matrices of the pictures: how alike their styles are.
 * Subtract it to make the pictures differ.
 */
export function diversity(layer: string): Objective {
  return (activations) => {
    const value = activations.layer(layer);
    const [pictures, channels] = [value.shape[0], value.shape.at(-1)!];
    const grams = Array.from({ length: pictures }, (_, index) => {
      const flat = tf.reshape<tf.Rank.R2>(ofBatch(value, index), [-1, channels]);
      const gram = tf.reshape(tf.matMul(tf.transpose(flat), flat), [1, channels * channels]);
      return tf.div(gram, tf.sqrt(tf.maximum(tf.sum(tf.square(gram)), 1e-10)));
    });
    // ‖Σ G_i‖² counts every pair once in each order, and every G_i with itself.
    const together = tf.sum(tf.square(tf.addN(grams)));
    const alone = tf.sum(tf.square(tf.concat(grams, 0)));
    return tf.div(tf.sub(together, alone), pictures);
  };
}
