/** A hooked model of one convolution and a ReLU, small enough to optimise hundreds of steps in a test. */
import { UnknownLayerError, type HookedModel } from '@fovea/models';
import { randomFor, tf } from '@fovea/tensor';

const names = ['conv', 'relu', 'logits'];

export interface TinyModelOptions {
  /** Added before the ReLU, to every channel or to each its own; far below zero, no unit ever fires. */
  readonly bias?: number | number[];
  /** Multiplies the weights. */
  readonly gain?: number;
}

/** Channels: conv and relu 4, logits 2. Nominal input 24×24 in [0, 1]. */
export function tinyModel({ bias = 0, gain = 1 }: TinyModelOptions = {}): HookedModel {
  const random = randomFor(7, 0, 'weights');
  const filter = tf.tensor4d(
    Float32Array.from({ length: 3 * 3 * 3 * 4 }, () => gain * random.normal()),
    [3, 3, 3, 4],
  );
  const head = tf.tensor2d(
    Float32Array.from({ length: 8 }, () => random.normal()),
    [4, 2],
  );
  return {
    name: 'tiny',
    architecture: 'tiny',
    digest: '0'.repeat(64),
    preprocessing: {
      height: 24,
      width: 24,
      channelOrder: 'rgb',
      scale: 1,
      mean: [0.5, 0.5, 0.5],
      std: [1, 1, 1],
    },
    hookPoints: names.map((name) => ({
      name,
      kind: name,
      shape: name === 'logits' ? [2] : [24, 24, 4],
      channels: name === 'logits' ? 2 : 4,
      parameters: 0,
    })),
    parameters: 116,
    classes: ['stripe', 'blob'],
    hookPoint(name) {
      const found = this.hookPoints.find((point) => point.name === name);
      if (!found) throw new UnknownLayerError('tiny', name, names);
      return found;
    },
    preprocess: (image) => tf.sub(image, 0.5),
    run(input, { nonlinearities, until = ['logits'] } = {}) {
      const conv = tf.add(tf.conv2d(input, filter, 1, 'same'), bias);
      const relu = (nonlinearities?.relu ?? tf.relu)(conv);
      const logits = tf.matMul(tf.mean(relu, [1, 2]), head);
      const values: Record<string, tf.Tensor> = { conv, relu, logits };
      return Object.fromEntries(until.map((name) => [name, values[name]!]));
    },
    dispose: () => tf.dispose([filter, head]),
  };
}
