/**
 * The AvgPoolGrad kernels of cpu, wasm and webgpu divide by the whole window where it overlaps the border, while
 * the forward kernels divide by the pixels inside. Scaling dy by the ratio beforehand mends them.
 */
import * as tf from '@tensorflow/tfjs';
import { replaceKernel } from './register.ts';

type PoolInfo = ReturnType<typeof tf.backend_util.computePool2DInfo>;

export function mendAvgPoolGrad(backendName: 'cpu' | 'wasm' | 'webgpu'): void {
  const stock = tf.getKernel(tf.AvgPoolGrad, backendName);
  replaceKernel({
    ...stock,
    kernelFunc: ({ inputs, backend, attrs }) => {
      const { dy, input } = inputs as { dy: tf.Tensor4D; input: tf.Tensor4D };
      const { filterSize, strides, pad } = attrs as unknown as tf.AvgPoolGradAttrs;
      const info = tf.backend_util.computePool2DInfo(input.shape, filterSize, strides, 1, pad);
      const ratios = windowRatios(info);
      const scaled = tf.mul(dy, ratios);
      const dx = stock.kernelFunc({ inputs: { dy: scaled, input }, backend, attrs });
      tf.dispose([ratios, scaled]);
      return dx;
    },
  });
}

/** Size of the whole window by the number of pixels in it, [1, outHeight, outWidth, 1]. */
function windowRatios(info: PoolInfo): tf.Tensor4D {
  const rows = inside(info.outHeight, info.strideHeight, info.filterHeight, info.padInfo.top, info.inHeight);
  const columns = inside(info.outWidth, info.strideWidth, info.filterWidth, info.padInfo.left, info.inWidth);
  const whole = info.filterHeight * info.filterWidth;
  const ratios = rows.flatMap((row) => columns.map((column) => whole / (row * column)));
  return tf.tensor4d(ratios, [1, info.outHeight, info.outWidth, 1]);
}

function inside(outputs: number, stride: number, size: number, pad: number, limit: number): number[] {
  return Array.from({ length: outputs }, (_, output) => {
    const start = output * stride - pad;
    return Math.min(start + size, limit) - Math.max(start, 0);
  });
}
