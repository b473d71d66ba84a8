/** Arithmetic of a network, counted while it runs once. */
import type { HookedModel } from '../packages/models/src/index.ts';
import { tf } from '../packages/tensor/src/index.ts';

/** Floating-point operations of the convolutions and products of matrices of one image, forward up to a layer. */
export async function forwardOperations(model: HookedModel, layer: string): Promise<number> {
  const { height, width } = model.preprocessing;
  const { kernels } = await tf.profile(() => {
    tf.tidy(() => {
      const image: tf.Tensor4D = tf.zeros([1, height, width, 3]);
      model.run(model.preprocess(image), { until: [layer] });
    });
    return [];
  });
  return kernels.reduce(
    (sum, { name, inputShapes, outputShapes }) => sum + operationsOf(name, inputShapes, outputShapes[0]!),
    0,
  );
}

function operationsOf(kernel: string, [, second]: readonly number[][], output: readonly number[]): number {
  const outputs = product(output);
  switch (kernel) {
    case 'Conv2D':
    case 'FusedConv2D':
      // The filter is [height, width, channels of a group, output channels].
      return 2 * outputs * product(second!.slice(0, 3));
    case 'DepthwiseConv2dNative':
    case 'FusedDepthwiseConv2D':
      return 2 * outputs * product(second!.slice(0, 2));
    case 'BatchMatMul':
    case '_FusedMatMul':
      return (2 * outputs * product(second!.slice(-2))) / output.at(-1)!;
    default:
      return 0;
  }
}

const product = (lengths: readonly number[]) => lengths.reduce((result, length) => result * length, 1);
