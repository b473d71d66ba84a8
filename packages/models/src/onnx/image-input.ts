/** Which input of an ONNX graph is the image, and how it lies there. */
import { UnsupportedOnnxError } from './onnx-errors.ts';
import type { OnnxNode, Port } from './onnx-graph.ts';
import type { OnnxFile } from './read-onnx.ts';

export interface ImageInput {
  readonly port: Port;
  readonly isChannelsFirst: boolean;
  readonly channels: number;
  /** Undefined where the file leaves them open. */
  readonly height?: number;
  readonly width?: number;
  /** Undefined where the file takes any number of images. */
  readonly batch?: number;
}

/** Values of the largest image for which a file may have been exported: 4096 × 4096 in grey. */
const largestImage = 2 ** 24;

/** Operators after which the axes are what they were before. */
const transparent = new Set([
  'Identity',
  'Cast',
  'Add',
  'Sub',
  'Mul',
  'Div',
  'Clip',
  'Pad',
  'BatchNormalization',
]);

/** @throws UnsupportedOnnxError */
export function findImageInput(path: string, { graph, weights }: OnnxFile): ImageInput {
  const port = graph.inputs.find(
    ({ isInteger, shape }) => !isInteger && (shape === undefined || shape.length === 4),
  );
  if (!port) {
    const inputs = graph.inputs.map(
      ({ name, shape }) => `"${name}" [${shape?.map((n) => n ?? '?').join(', ')}]`,
    );
    throw new UnsupportedOnnxError(
      path,
      `none of its inputs is an image of four axes (batch, channels, height and width); they are ${inputs.join(', ')}`,
    );
  }
  const [batch, ...rest] = port.shape ?? [];
  const reader = firstReader(graph.nodes, port.name);
  const isChannelsFirst = reader ? reader.operator === 'Conv' : isSmaller(rest[0], rest[2]);
  const [height, width] = isChannelsFirst ? rest.slice(1) : rest;
  const channels = (isChannelsFirst ? rest[0] : rest[2]) ?? channelsRead(reader, weights);
  if (!channels) {
    throw new UnsupportedOnnxError(path, `it does not say how many channels its input "${port.name}" has`);
  }
  if ((height ?? 1) * (width ?? 1) * channels > largestImage) {
    throw new UnsupportedOnnxError(
      path,
      `it reads images of ${height}×${width} with ${channels} channels, which is too large`,
    );
  }
  return { port, isChannelsFirst, channels, height, width, batch };
}

/** The operator that tells how an image lies: a convolution, or a transposition to what one wants. */
function firstReader(nodes: readonly OnnxNode[], input: string): OnnxNode | undefined {
  const same = new Set([input]);
  for (const node of nodes) {
    if (!node.inputs.some((name) => same.has(name))) continue;
    if (node.operator === 'Conv') return node;
    if (node.operator === 'Transpose') return isToChannelsFirst(node) ? node : undefined;
    if (transparent.has(node.operator)) node.outputs.forEach((name) => same.add(name));
  }
  return undefined;
}

function isToChannelsFirst({ attributes }: OnnxNode): boolean {
  const order = attributes.get('perm');
  return Array.isArray(order) && order.join() === '0,3,1,2';
}

function isSmaller(first: number | undefined, last: number | undefined): boolean {
  return first !== undefined && (last === undefined || first <= last);
}

function channelsRead(reader: OnnxNode | undefined, weights: OnnxFile['weights']): number | undefined {
  if (reader?.operator !== 'Conv') return undefined;
  const perGroup = weights.tensors.get(reader.inputs[1] ?? '')?.shape[1];
  const groups = reader.attributes.get('group') ?? 1;
  return perGroup && perGroup * Number(groups);
}
