/** Objectives on units: single neurons, channels, whole layers, classes. */
import { tf } from '@fovea/tensor';
import { ofBatch, ofChannel, ofPosition, type Objective } from './objective.ts';
import { ObjectiveError } from './objective-error.ts';

/** One position of a channel, averaged over the batch. The middle of an even size is its lower right. */
export function neuron(
  layer: string,
  channel: number,
  { x, y, batch }: { x?: number; y?: number; batch?: number } = {},
): Objective {
  return (activations) => {
    const value = ofBatch(activations.layer(layer), batch);
    return tf.mean(ofChannel(ofPosition(value, x, y), channel));
  };
}

/** The mean of a channel over all positions. */
export function channel(layer: string, index: number, batch?: number): Objective {
  return (activations) => tf.mean(ofChannel(ofBatch(activations.layer(layer), batch), index));
}

/** "Interestingness": the mean of the squared activations (Mordvintsev et al. 2015). */
export function deepdream(layer: string): Objective {
  return (activations) => tf.mean(tf.square(activations.layer(layer)));
}

/** The logit of a class, by name or index, summed over the batch. */
export function classLogit(layer: string, label: string | number): Objective {
  return (activations) => {
    const index = typeof label === 'number' ? label : (activations.classes ?? []).indexOf(label);
    if (index < 0) throw new ObjectiveError(`The model has no class "${label}"`);
    return tf.sum(ofChannel(activations.layer(layer), index));
  };
}

/** From one channel (first picture of the batch) to another (last one). */
export function channelInterpolate(
  layer1: string,
  channel1: number,
  layer2: string,
  channel2: number,
): Objective {
  return (activations) => {
    const pictures = activations.layer(layer1).shape[0];
    const weights = Array.from({ length: pictures }, (_, index) =>
      pictures > 1 ? index / (pictures - 1) : 0,
    );
    const weighted = (layer: string, index: number, weight: readonly number[]) => {
      const value = ofChannel(activations.layer(layer), index);
      const means = tf.mean(tf.reshape(value, [pictures, -1]), 1);
      return tf.sum(tf.mul(means, tf.tensor1d([...weight])));
    };
    const first = weighted(
      layer1,
      channel1,
      weights.map((weight) => 1 - weight),
    );
    return tf.add(first, weighted(layer2, channel2, weights));
  };
}
