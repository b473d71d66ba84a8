import { tf } from '@fovea/tensor';
import { node, type Node } from '../graph.ts';

/**
 * Each position four times, as nearest-neighbour resizing has it: [height, width, channels] → [2 · height,
 * 2 · width, channels], or the size of `like`, which may be one less.
 */
export function upsample2x(x: Node, like?: Node): Node {
  const [height, width, channels] = x.shape as [number, number, number];
  const size = like ? like.shape.slice(0, 2) : [2 * height, 2 * width];
  return node(
    {
      kind: 'upsample',
      compute: ([value, target]) => {
        const doubled = doubledAlong(doubledAlong(value as tf.Tensor4D, 1), 2);
        return target ? doubled.slice([0, 0, 0, 0], [-1, ...target.shape.slice(1, 3), -1]) : doubled;
      },
    },
    like ? [x, like] : [x],
    [...size, channels],
  );
}

/** By reshaping, whose gradient every backend has. */
function doubledAlong(image: tf.Tensor4D, axis: 1 | 2): tf.Tensor4D {
  const [batch, height, width, channels] = image.shape;
  const [rows, row] = axis === 1 ? [batch * height, width * channels] : [batch * height * width, channels];
  const pairs = image.reshape([rows, 1, row]);
  const shape: [number, number, number, number] =
    axis === 1 ? [batch, 2 * height, width, channels] : [batch, height, 2 * width, channels];
  return tf.concat([pairs, pairs], 1).reshape(shape);
}
