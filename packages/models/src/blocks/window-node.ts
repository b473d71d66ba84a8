/** What convolutions and pools share: a window that slides over an image. */
import type { tf } from '@fovea/tensor';
import { node, type Node, type Operation, type Shape } from '../graph.ts';
import { throughWindow, type Field } from '../receptive-field.ts';
import { edges, pair, windowed, type Edges, type Extent, type WindowPadding } from '../window.ts';

export function channelsOf(node: Node): number {
  return node.shape.at(-1)!;
}

export function heightAndWidth(shape: Shape): [number, number] {
  return [shape[0]!, shape[1]!];
}

/** [height, width, in] → [height', width', channels]. */
export function windowNode(
  operation: Operation,
  x: Node,
  channels: number,
  size: Extent,
  stride: Extent,
  padding: WindowPadding,
): Node {
  const extent = heightAndWidth(x.shape);
  const around = edges(extent, size, stride, padding);
  return node(operation, [x], [...windowed(extent, size, stride, around), channels], {
    field: x.field && fieldThrough(x.field, size, stride, around),
  });
}

function fieldThrough(field: Field, size: Extent, stride: Extent, [top, , left]: Edges): Field {
  const [sizeY, sizeX] = pair(size);
  const [strideY, strideX] = pair(stride);
  return {
    height: throughWindow(field.height, sizeY, strideY, top),
    width: throughWindow(field.width, sizeX, strideX, left),
  };
}

/** Resolved for the image at hand, whose size need not be the nominal one; throws where no window fits. */
export function edgesOf(image: tf.Tensor4D, size: Extent, stride: Extent, padding: WindowPadding): Edges {
  const extent: [number, number] = [image.shape[1], image.shape[2]];
  const around = edges(extent, size, stride, padding);
  windowed(extent, size, stride, around);
  return around;
}
