import { tf } from '@fovea/tensor';
import { node, type Node, type Operation } from '../graph.ts';
import { pair, type Extent, type WindowPadding } from '../window.ts';
import { channelsOf, edgesOf, windowNode } from './window-node.ts';

/** Padding never wins: it counts as −∞. */
export function maxPool(
  x: Node,
  size: Extent,
  { stride = 1, padding = 'valid' }: { stride?: Extent; padding?: WindowPadding } = {},
): Node {
  const operation: Operation = {
    kind: 'max_pool',
    window: { size, stride, padding },
    compute: ([value], { nonlinearities }) => {
      const image = value as tf.Tensor4D;
      const around = edgesOf(image, size, stride, padding);
      return nonlinearities.maxPool(image, pair(size), pair(stride), padding === 'ceil' ? around : padding);
    },
  };
  return windowNode(operation, x, channelsOf(x), size, stride, padding);
}

/** The mean over those positions of the window that lie inside the image: padding does not count. */
export function avgPool(
  x: Node,
  size: Extent,
  { stride = 1, padding = 'valid' }: { stride?: Extent; padding?: 'same' | 'valid' } = {},
): Node {
  const operation: Operation = {
    kind: 'avg_pool',
    window: { size, stride, padding },
    compute: ([value]) => tf.avgPool(value as tf.Tensor4D, pair(size), pair(stride), padding),
  };
  return windowNode(operation, x, channelsOf(x), size, stride, padding);
}

/** The mean over the whole window, in which padding counts as zeros: PyTorch's `count_include_pad`. */
export function avgPoolWithPadding(
  x: Node,
  size: Extent,
  { stride = 1, padding }: { stride?: Extent; padding: readonly [number, number, number, number] },
): Node {
  const [top, bottom, left, right] = padding;
  const operation: Operation = {
    kind: 'avg_pool',
    window: { size, stride, padding },
    compute: ([value]) => {
      const padded = tf.pad(value as tf.Tensor4D, [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ]);
      return tf.avgPool(padded, pair(size), pair(stride), 'valid');
    },
  };
  return windowNode(operation, x, channelsOf(x), size, stride, padding);
}

/** [height, width, channels] → [channels]. */
export function globalAvgPool(x: Node): Node {
  return node(
    { kind: 'avg_pool', averages: true, compute: ([value]) => tf.mean(value!, [1, 2]) },
    [x],
    [channelsOf(x)],
  );
}

/**
 * PyTorch's AdaptiveAvgPool2d: output position i is the mean of positions ⌊i·n/size⌋ to ⌈(i+1)·n/size⌉ − 1 of n.
 * [height, width, channels] → [size, size, channels].
 */
export function adaptiveAvgPool(x: Node, size: number): Node {
  const operation: Operation = {
    kind: 'avg_pool',
    compute: ([value]) => {
      const image = value as tf.Tensor4D;
      const [, height, width] = image.shape;
      if (height === size && width === size) return image;
      return averagedAlong(averagedAlong(image, 1, size), 2, size);
    },
  };
  return node(operation, [x], [size, size, channelsOf(x)]);
}

function averagedAlong(image: tf.Tensor4D, axis: 1 | 2, size: number): tf.Tensor4D {
  const length = image.shape[axis];
  const means = Array.from({ length: size }, (_, index) => {
    const start = Math.floor((index * length) / size);
    const end = Math.ceil(((index + 1) * length) / size);
    const begin = [0, 0, 0, 0];
    const extent = [-1, -1, -1, -1];
    begin[axis] = start;
    extent[axis] = end - start;
    return image.slice(begin, extent).mean<tf.Tensor4D>(axis, true);
  });
  return tf.concat(means, axis);
}
