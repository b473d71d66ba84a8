import { tf } from '@fovea/tensor';
import { node, type Node, type TensorSpec } from '../graph.ts';
import { channelsOf } from './window-node.ts';

/**
 * Each position becomes a patch of its own, `size` × `size`, side by side: a transposed convolution whose stride is its
 * size. Reads `<tensors>.weight` [in, out, size, size] and `<tensors>.bias` [out]. [height, width, in] → [size · height,
 * size · width, out].
 */
export function transposedConv2d(x: Node, tensors: string, filters: number, size: number): Node {
  const weight: TensorSpec = {
    name: `${tensors}.weight`,
    shape: [channelsOf(x), filters, size, size],
    toEngine: [2, 3, 1, 0],
  };
  const bias: TensorSpec = { name: `${tensors}.bias`, shape: [filters] };
  return node(
    {
      kind: 'conv',
      tensors: [weight, bias],
      compute: ([value], { weights }) => {
        const [batch, height, width] = value!.shape as [number, number, number];
        const filter = weights.get(weight.name) as tf.Tensor4D;
        const shape: [number, number, number, number] = [batch, height * size, width * size, filters];
        return tf
          .conv2dTranspose(value as tf.Tensor4D, filter, shape, size, 'valid')
          .add(weights.get(bias.name)!);
      },
    },
    [x],
    [x.shape[0]! * size, x.shape[1]! * size, filters],
  );
}
