/**
 * tfjs-node convolves with explicit padding, but its gradient kernels refuse it. Zeros around the image make it a
 * larger image, which is convolved without padding.
 */
import * as tf from '@tensorflow/tfjs';
import { replaceKernel } from '../register.ts';

type Pads = [before: number, after: number][];
type Gradient = (inputs: tf.NamedTensorMap, attrs: tf.NamedAttrMap, pads: Pads) => tf.Tensor;

export function mendConv2DBackprop(): void {
  mendExplicitPads(tf.Conv2DBackpropInput, (inputs, attrs, pads) => {
    const shape = attrs.inputShape as number[];
    const inputShape = shape.map((size, axis) => pads[axis]![0] + size + pads[axis]![1]);
    const withoutPads = { ...attrs, pad: 'valid', inputShape };
    const dx: tf.Tensor = tf.engine().runKernel(tf.Conv2DBackpropInput, inputs, withoutPads);
    const begin = pads.map(([before]) => before);
    return tf.slice(dx, begin, shape);
  });
  mendExplicitPads(tf.Conv2DBackpropFilter, ({ x, dy }, attrs, pads) => {
    const inputs = { x: tf.pad(x!, pads), dy: dy! };
    return tf.engine().runKernel(tf.Conv2DBackpropFilter, inputs, { ...attrs, pad: 'valid' });
  });
}

function mendExplicitPads(kernelName: string, gradient: Gradient): void {
  const stock = tf.getKernel(kernelName, 'tensorflow');
  replaceKernel({
    ...stock,
    kernelFunc: (call) => {
      const { inputs, attrs } = call;
      if (!Array.isArray(attrs?.pad)) return stock.kernelFunc(call);
      return tf.tidy(() => gradient(inputs as tf.NamedTensorMap, attrs, attrs.pad as unknown as Pads));
    },
  });
}
