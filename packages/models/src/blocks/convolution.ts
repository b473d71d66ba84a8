import { tf } from '@fovea/tensor';
import type { Node, Operation, TensorSpec } from '../graph.ts';
import { pair, type Extent, type WindowPadding } from '../window.ts';
import { convolve, dilated, isDepthwise } from './convolve.ts';
import { channelsOf, edgesOf, windowNode } from './window-node.ts';

export interface ConvolutionOptions {
  /** Default 1. */
  readonly stride?: Extent;
  /** Default 'valid'. */
  readonly padding?: WindowPadding;
  /** Input and output channels fall into so many groups that do not see each other. Default 1. */
  readonly groups?: number;
  /** Distance of neighbouring taps, in positions. Default 1. */
  readonly dilation?: Extent;
  /** Default true. */
  readonly bias?: boolean;
}

/**
 * Reads `<tensors>.weight` [out, in / groups, height, width] and `<tensors>.bias` [out].
 * [height, width, in] → [height', width', out].
 */
export function conv2d(
  x: Node,
  tensors: string,
  filters: number,
  size: Extent,
  options: ConvolutionOptions = {},
): Node {
  const { stride = 1, padding = 'valid', groups = 1, dilation = 1, bias: biased = true } = options;
  const depthwise = isDepthwise(groups, channelsOf(x));
  const weight: TensorSpec = {
    name: `${tensors}.weight`,
    shape: [filters, channelsOf(x) / groups, ...pair(size)],
    toEngine: depthwise ? [2, 3, 0, 1] : [2, 3, 1, 0],
  };
  const bias: TensorSpec = { name: `${tensors}.bias`, shape: [filters] };
  const window = dilated(size, dilation);
  const operation: Operation = {
    kind: 'conv',
    tensors: biased ? [weight, bias] : [weight],
    window: { size: window, stride, padding, dilation, groups, filter: weight },
    map: {
      weight,
      ...(biased && { bias }),
      ...(groups === 1 && { inputAxis: 2 }),
      outputAxis: depthwise ? 2 : 3,
      padded: padding !== 'valid',
    },
    compute: ([value], { weights }) => {
      const image = value as tf.Tensor4D;
      const around = edgesOf(image, window, stride, padding);
      const filter = weights.get(weight.name) as tf.Tensor4D;
      const convolved = convolve(image, filter, { stride, dilation, padding: around, groups });
      return biased ? convolved.add(weights.get(bias.name)!) : convolved;
    },
  };
  return windowNode(operation, x, filters, window, stride, padding);
}
