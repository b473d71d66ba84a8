/** A hooked model of one convolution and a ReLU, small enough to optimise hundreds of steps in a test. */
import {
  conv2d,
  globalAvgPool,
  hook,
  hookedModel,
  linear,
  networkOf,
  relu,
  type HookedModel,
  type Variant,
} from '@fovea/models';
import { randomFor, tf } from '@fovea/tensor';

export interface TinyModelOptions {
  /** Added before the ReLU, to every channel or to each its own; far below zero, no unit ever fires. */
  readonly bias?: number | number[];
  /** Multiplies the weights. */
  readonly gain?: number;
  /** Of the input. Default 3. */
  readonly inputs?: number;
}

const tiny = (inputs: number): Variant => ({
  name: 'tiny',
  description: 'for tests',
  preprocessing: {
    height: 24,
    width: 24,
    channelOrder: 'rgb',
    scale: 1,
    mean: Array.from({ length: inputs }, () => 0.5),
    std: Array.from({ length: inputs }, () => 1),
    crop: 1,
    interpolation: 'bilinear',
  },
  forward(image) {
    const conv = hook('conv', conv2d(image, 'conv', 4, 3, { padding: 'same' }));
    const active = hook('relu', relu(conv));
    return hook('logits', linear(globalAvgPool(active), 'fc', 2, { bias: false }), 'logits');
  },
});

/** Channels: conv and relu 4, logits 2. Nominal input 24×24 in [0, 1]. */
export function tinyModel({ bias = 0, gain = 1, inputs = 3 }: TinyModelOptions = {}): HookedModel {
  const random = randomFor(7, 0, 'weights');
  const normals = (count: number) => Float32Array.from({ length: count }, () => random.normal());
  const filter = tf.tensor4d(
    normals(3 * 3 * inputs * 4).map((value) => gain * value),
    [3, 3, inputs, 4],
  );
  const weights = new Map<string, tf.Tensor>([
    ['conv.weight', filter],
    ['conv.bias', tf.tensor1d(typeof bias === 'number' ? [bias, bias, bias, bias] : bias)],
    ['fc.weight', tf.tensor2d(normals(8), [4, 2])],
  ]);
  const variant = tiny(inputs);
  const identity = {
    name: 'tiny',
    architecture: 'tiny',
    variant: 'tiny',
    digest: '0'.repeat(64),
    preprocessing: variant.preprocessing,
    classes: ['stripe', 'blob'],
  };
  return hookedModel(identity, networkOf(variant), weights);
}
