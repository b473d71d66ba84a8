/** tfjs has no gradient of a dilated conv2d. */
import * as tf from '@tensorflow/tfjs';
import { convolutionFilterGradient, convolutionInputGradient } from './convolution.ts';
import { replaceGradient } from './register.ts';

export function registerConv2DGradient(): void {
  const stock = tf.getGradient(tf.Conv2D);
  replaceGradient({
    ...stock,
    gradFunc: (dy, saved, attrs) => {
      const { strides, pad, dataFormat, dimRoundingMode, dilations } = attrs as unknown as tf.Conv2DAttrs;
      const isDilated = Array.isArray(dilations) ? dilations.some((dilation) => dilation > 1) : dilations > 1;
      if (!isDilated) return stock.gradFunc(dy, saved, attrs);
      if (dataFormat !== 'NHWC')
        throw new Error(`A dilated conv2d has a gradient in NHWC, not in ${dataFormat}.`);
      const [x, filter] = saved as [tf.Tensor4D, tf.Tensor4D];
      const info = tf.backend_util.computeConv2DInfo(
        x.shape,
        filter.shape,
        strides,
        dilations,
        pad,
        dimRoundingMode,
      );
      return {
        x: () => convolutionInputGradient(dy as tf.Tensor4D, filter, info),
        filter: () => convolutionFilterGradient(x, dy as tf.Tensor4D, info),
      };
    },
  });
}
