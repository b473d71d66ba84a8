/** Loss of a classifier on one batch, and its gradient to every learned value. */
import { disposeWeights, preprocess, runNetwork, type Network, type Preprocessing } from '@fovea/models';
import { tf } from '@fovea/tensor';
import { toParameters, toWeights, type Parameters } from './parameters.ts';

export interface Batch {
  /** RGB in [0, 255], [batch, height, width, 3] in one array. */
  readonly pixels: Uint8Array;
  readonly labels: Int32Array;
}

/** Sums over the images of a batch, so that parts of a batch add up to the whole. */
export interface BatchGradient {
  readonly images: number;
  readonly loss: number;
  /** Images whose highest logit is that of their label. */
  readonly correct: number;
  readonly gradient: Parameters;
}

export interface Classifier {
  readonly network: Network;
  readonly preprocessing: Preprocessing;
  readonly classes: number;
}

/**
 * Cross-entropy against smoothed targets (1 − s on the label and s spread over all classes; Szegedy et al.,
 * "Rethinking the Inception Architecture", 2015), and its gradient.
 * @param smoothing s, in [0, 1)
 */
export async function classifierGradient(
  classifier: Classifier,
  parameters: Parameters,
  batch: Batch,
  smoothing: number,
): Promise<BatchGradient> {
  const { network, classes } = classifier;
  const weights = toWeights(network, parameters);
  const names = [...weights.keys()];
  const images = imagesOf(classifier, batch);
  const labels = tf.tensor1d(batch.labels, 'int32');
  const targets = tf.tidy(() =>
    tf
      .oneHot(labels, classes)
      .mul(1 - smoothing)
      .add(smoothing / classes),
  );
  let correct: tf.Tensor | undefined;
  const { value, grads } = tf.valueAndGrads((...values: tf.Tensor[]) => {
    const current = new Map(values.map((tensor, i) => [names[i]!, tensor]));
    const logits = runNetwork(network, current, images)[network.output]!;
    correct = tf.keep(logits.argMax(-1).equal(labels).sum());
    return targets.mul(tf.logSoftmax(logits)).sum().neg();
  })([...weights.values()]);
  const [[loss], [rightly], gradient] = await Promise.all([
    value.data(),
    correct!.data(),
    toParameters(network, grads),
  ]);
  disposeWeights(weights);
  tf.dispose([...grads, images, labels, targets, value, correct!]);
  return { images: batch.labels.length, loss: loss!, correct: rightly!, gradient };
}

/** Index of the highest logit of each image. */
export async function classify(
  classifier: Classifier,
  parameters: Parameters,
  batch: Batch,
): Promise<Int32Array> {
  const { network } = classifier;
  const weights = toWeights(network, parameters);
  const images = imagesOf(classifier, batch);
  const labels = tf.tidy(() => runNetwork(network, weights, images)[network.output]!.argMax(-1));
  const predicted = Int32Array.from(await labels.data());
  disposeWeights(weights);
  tf.dispose([images, labels]);
  return predicted;
}

function imagesOf({ preprocessing }: Classifier, { pixels, labels }: Batch): tf.Tensor4D {
  const { height, width } = preprocessing;
  return tf.tidy(() => {
    const bytes = tf.tensor4d(Float32Array.from(pixels), [labels.length, height, width, 3]);
    return preprocess(bytes.div(255), preprocessing);
  });
}
