import { tf } from '@fovea/tensor';
import type { HookedModel } from '../hooked-model.ts';

export interface Example {
  /** [1, height, width, channels] in [0, 1]. */
  readonly image: tf.Tensor4D;
  readonly label: number;
}

const batchSize = 25;

/** The share of examples whose label is among the `k` likeliest classes, for each k. Frees the images. */
export async function topAccuracies(
  model: HookedModel,
  examples: readonly Example[],
  ks: readonly number[],
): Promise<number[]> {
  const ranks: number[] = [];
  for (let start = 0; start < examples.length; start += batchSize) {
    const batch = examples.slice(start, start + batchSize);
    ranks.push(...(await ranksOf(model, batch)));
    tf.dispose(batch.map(({ image }) => image));
  }
  return ks.map((k) => ranks.filter((rank) => rank < k).length / ranks.length);
}

/** How many classes have a higher logit than the right one. */
async function ranksOf(model: HookedModel, examples: readonly Example[]): Promise<number[]> {
  const logits = tf.tidy(() => {
    const images = tf.concat4d(
      examples.map(({ image }) => image),
      0,
    );
    return model.run(model.preprocess(images), { until: ['logits'] }).logits as tf.Tensor2D;
  });
  const rows = await logits.array();
  logits.dispose();
  return rows.map((row, index) => row.filter((logit) => logit > row[examples[index]!.label]!).length);
}
