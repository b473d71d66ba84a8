import { tf } from '@fovea/tensor';
import { node, pointwise, type Node, type TensorSpec } from '../graph.ts';
import { union } from '../receptive-field.ts';
import { channelsOf } from './window-node.ts';

/** Of two values of one shape, such as a residual stream and what a block writes to it. */
export function add(a: Node, b: Node): Node {
  return {
    ...pointwise(a, { kind: 'add', compute: ([x, y]) => tf.add(x!, y!) }, [b]),
    field: union([a.field, b.field]),
  };
}

/** Along the last axis. */
export function concat(values: readonly Node[]): Node {
  const [first] = values;
  const channels = values.reduce((sum, value) => sum + channelsOf(value), 0);
  return node(
    { kind: 'concat', compute: (inputs) => tf.concat([...inputs], -1) },
    values,
    [...first!.shape.slice(0, -1), channels],
    { axes: first!.axes, field: union(values.map((value) => value.field)) },
  );
}

/** Each channel by a learned factor: reads `tensor` [channels]. */
export function layerScale(x: Node, tensor: string): Node {
  const gamma: TensorSpec = { name: tensor, shape: [channelsOf(x)] };
  return pointwise(x, {
    kind: 'layer_scale',
    tensors: [gamma],
    compute: ([value], { weights }) => value!.mul(weights.get(gamma.name)!),
  });
}
