/** tfjs-node has no kernel of image.transform; TensorFlow has the op. */
import * as tf from '@tensorflow/tfjs';
import { replaceKernel } from '../register.ts';
import { runRawOp } from './raw-op.ts';

export function registerTransform(): void {
  replaceKernel({
    kernelName: tf.Transform,
    backendName: 'tensorflow',
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { image, transforms } = inputs as Record<'image' | 'transforms', tf.TensorInfo>;
      const { interpolation, fillMode, fillValue, outputShape } = attrs as unknown as tf.TransformAttrs;
      const shape = tf.tensor1d(outputShape ?? image.shape.slice(1, 3), 'int32');
      const fill = tf.scalar(fillValue);
      const output = runRawOp(backend, {
        name: 'ImageProjectiveTransformV3',
        inputs: [image, transforms, shape, fill],
        typeAttribute: 'dtype',
        strings: { interpolation: interpolation.toUpperCase(), fill_mode: fillMode.toUpperCase() },
      });
      tf.dispose([shape, fill]);
      return output;
    },
  });
}
