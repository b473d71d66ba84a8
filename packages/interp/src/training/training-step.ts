/**
 * A whole step of training as one computation: forward, backward to every filter, clipping, and AdamW. Parameters and
 * moments come in and go out, so that nothing is left in it between steps.
 */
import { preprocess, runNetwork, type Network } from '@fovea/models';
import { tf } from '@fovea/tensor';
import type { Computation } from '../execution/execution.ts';
import { adamWDefaults } from './adamw.ts';
import type { Classifier } from './classifier-gradient.ts';
import { decayOf, type TrainingSchedule } from './train-classifier.ts';

export interface TrainingSettings {
  /** Images of a step: each step has as many. */
  readonly batch: number;
  /** Of the targets, in [0, 1). */
  readonly smoothing: number;
  readonly schedule: TrainingSchedule;
}

/** Inputs beside the state, which is `parameters`, `mean` and `square`, each of all learned values. */
export function trainingStep(classifier: Classifier, settings: TrainingSettings): Computation {
  const { network, preprocessing } = classifier;
  const { batch, schedule } = settings;
  const all = { shape: [network.parameters] };
  const scalar = { shape: [] };
  return {
    model: network,
    key: ['training step', settings, preprocessing],
    inputs: {
      parameters: all,
      mean: all,
      square: all,
      pixels: { shape: [batch, preprocessing.height, preprocessing.width, 3] },
      labels: { shape: [batch], dtype: 'int32' },
      learningRate: scalar,
      meanCorrection: scalar,
      squareCorrection: scalar,
    },
    run(inputs) {
      const { loss, correct, gradient } = lossAndGradient(classifier, settings, inputs);
      const clipped = clippedMean(gradient, batch, schedule.gradientNorm);
      const decay = tf.tensor1d(decayOf(network, schedule.weightDecay));
      return { loss, correct, ...adamW(clipped, decay, inputs) };
    },
  };
}

type Inputs = Readonly<Record<string, tf.Tensor>>;

/** Sums over the batch. */
function lossAndGradient(
  { network, preprocessing, classes }: Classifier,
  settings: TrainingSettings,
  inputs: Inputs,
) {
  const [parameters, labels] = [inputs.parameters as tf.Tensor1D, inputs.labels as tf.Tensor1D];
  const image = preprocess(tf.div<tf.Tensor4D>(inputs.pixels!, 255), preprocessing);
  const { smoothing } = settings;
  const targets = tf
    .oneHot(labels, classes)
    .mul(1 - smoothing)
    .add(smoothing / classes);
  const names = network.tensors.map(({ name }) => name);
  let correct: tf.Tensor | undefined;
  const { value, grads } = tf.valueAndGrads((...weights: tf.Tensor[]) => {
    const current = new Map(weights.map((weight, index) => [names[index]!, weight]));
    const logits = runNetwork(network, current, image)[network.output]!;
    correct = tf.keep(logits.argMax(-1).equal(labels).cast('float32').sum());
    return targets.mul(tf.logSoftmax(logits)).sum().neg();
  })(weightsOf(network, parameters));
  const counted = correct!.clone();
  correct!.dispose();
  return { loss: value, correct: counted, gradient: flattened(network, grads) };
}

/** The network's tensors in the engine's layout, from all learned values in a row. */
function weightsOf(network: Network, parameters: tf.Tensor1D): tf.Tensor[] {
  const weights: tf.Tensor[] = [];
  let start = 0;
  for (const { shape, toEngine } of network.tensors) {
    const length = tf.util.sizeFromShape([...shape]);
    const stored = parameters.slice(start, length).reshape([...shape]);
    weights.push(toEngine ? stored.transpose([...toEngine]) : stored);
    start += length;
  }
  return weights;
}

/** The inverse of `weightsOf`. */
function flattened(network: Network, tensors: readonly tf.Tensor[]): tf.Tensor1D {
  return tf.concat(
    network.tensors.map(({ shape, toEngine }, index) => {
      const tensor = tensors[index]!;
      const stored = toEngine ? tensor.transpose(shape.map((_, axis) => toEngine.indexOf(axis))) : tensor;
      return stored.flatten();
    }),
  );
}

/** From a sum over images to their mean, no longer than `longest`. */
function clippedMean(gradient: tf.Tensor1D, images: number, longest: number): tf.Tensor1D {
  const norm = gradient.square().sum().sqrt().div(images);
  return gradient.mul(tf.minimum(1, tf.div(longest, norm)).div(images));
}

/** As `adamWUpdate`, in float32. */
function adamW(
  gradient: tf.Tensor1D,
  decay: tf.Tensor1D,
  inputs: Inputs,
): Record<'parameters' | 'mean' | 'square', tf.Tensor> {
  const { beta1, beta2, epsilon } = adamWDefaults;
  const { parameters, learningRate, meanCorrection, squareCorrection } = inputs;
  const mean = inputs.mean!.mul(beta1).add(gradient.mul(1 - beta1));
  const square = inputs.square!.mul(beta2).add(gradient.square().mul(1 - beta2));
  const direction = mean.div(meanCorrection!).div(square.div(squareCorrection!).sqrt().add(epsilon));
  const step = direction.add(decay.mul(parameters!)).mul(learningRate!);
  return { parameters: parameters!.sub(step), mean, square };
}
