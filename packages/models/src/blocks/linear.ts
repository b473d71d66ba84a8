import { tf } from '@fovea/tensor';
import { node, type Node, type TensorSpec } from '../graph.ts';
import { channelsOf } from './window-node.ts';

/**
 * Fully connected along the last axis. Reads `<tensors>.weight` [out, in] and `<tensors>.bias` [out].
 * [..., in] → [..., out].
 */
export function linear(
  x: Node,
  tensors: string,
  units: number,
  { bias: biased = true }: { bias?: boolean } = {},
): Node {
  const weight: TensorSpec = {
    name: `${tensors}.weight`,
    shape: [units, channelsOf(x)],
    toEngine: [1, 0],
  };
  const bias: TensorSpec = { name: `${tensors}.bias`, shape: [units] };
  return node(
    {
      kind: 'linear',
      tensors: biased ? [weight, bias] : [weight],
      map: { weight, ...(biased && { bias }), inputAxis: 0, outputAxis: 1, padded: false },
      compute: ([value], { weights }) => {
        const rows = value!.reshape<tf.Tensor2D>([-1, channelsOf(x)]);
        const product = tf.matMul(rows, weights.get(weight.name) as tf.Tensor2D);
        const sum = biased ? product.add(weights.get(bias.name)!) : product;
        return sum.reshape([...value!.shape.slice(0, -1), units]);
      },
    },
    [x],
    [...x.shape.slice(0, -1), units],
    { axes: x.axes, field: x.field },
  );
}

/**
 * [height, width, channels] → [channels · height · width].
 * @param order of what follows each other: `chw` as in PyTorch, `hwc` as in TensorFlow
 */
export function flatten(x: Node, order: 'chw' | 'hwc' = 'chw'): Node {
  return node(
    {
      kind: 'flatten',
      fixedSize: x.field !== undefined,
      compute: ([value]) => {
        const ordered = order === 'chw' ? value!.transpose([0, 3, 1, 2]) : value!;
        const [batch] = ordered.shape as [number];
        return ordered.reshape([batch, -1]);
      },
    },
    [x],
    [x.shape.reduce((product, length) => product * length, 1)],
  );
}
