/** WASM has no filter gradient of conv2d, and an input gradient ten times slower than its forward pass. */
import * as tf from '@tensorflow/tfjs';
import { convolutionFilterGradient, convolutionInputGradient } from '../../gradients/convolution.ts';
import { replaceKernel } from '../register.ts';

type Shape4D = [number, number, number, number];
type Pad = Parameters<typeof tf.backend_util.computeConv2DInfo>[4];

export function registerConv2DBackprop(): void {
  replaceKernel({
    kernelName: tf.Conv2DBackpropInput,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs }) => {
      const { dy, filter } = inputs as { dy: tf.Tensor4D; filter: tf.Tensor4D };
      const info = convolutionInfo(attrs?.inputShape as Shape4D, filter.shape, attrs);
      return tf.tidy(() => convolutionInputGradient(dy, filter, info));
    },
  });
  replaceKernel({
    kernelName: tf.Conv2DBackpropFilter,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs }) => {
      const { x, dy } = inputs as { x: tf.Tensor4D; dy: tf.Tensor4D };
      const info = convolutionInfo(x.shape, attrs?.filterShape as Shape4D, attrs);
      return tf.tidy(() => convolutionFilterGradient(x, dy, info));
    },
  });
}

function convolutionInfo(
  inputShape: Shape4D,
  filterShape: Shape4D,
  attrs: tf.NamedAttrMap | undefined,
): ReturnType<typeof tf.backend_util.computeConv2DInfo> {
  return tf.backend_util.computeConv2DInfo(
    inputShape,
    filterShape,
    attrs?.strides as number | [number, number],
    1,
    attrs?.pad as Pad,
    attrs?.dimRoundingMode as 'floor' | 'round' | 'ceil' | undefined,
  );
}
