/** An ONNX file as a network with weights. */
import { resultTypes } from '@fovea/tensor';
import { inputNode, usualAxes, type Node, type Weights } from '../graph.ts';
import type { Axis, InputSpec } from '../hooked-model.ts';
import type { Naming } from '../naming.ts';
import { networkFrom, type Network } from '../network.ts';
import { forChannels, type Preprocessing } from '../preprocessing.ts';
import { FixedSizeError } from '../errors.ts';
import { runNetwork } from '../run-network.ts';
import { disposeWeights } from '../weights.ts';
import { drawGraph, type Drawn } from './draw-graph.ts';
import { findImageInput, type ImageInput } from './image-input.ts';
import { moduleAliases } from './module-aliases.ts';
import { FixedBatchError, OnnxNodeError, UnsupportedOnnxError } from './onnx-errors.ts';
import type { OnnxGraph, Port } from './onnx-graph.ts';
import { onnxShape, type Label, type Layout, type TensorValue } from './operand.ts';
import { openOnnx, type OnnxFile } from './read-onnx.ts';

export interface OnnxModel {
  readonly network: Network;
  /** The caller frees them. */
  readonly weights: Weights;
  readonly naming: Naming;
  readonly preprocessing: Preprocessing;
  /** What had to be assumed. */
  readonly warnings: readonly string[];
}

/** Side of the images for which a file that takes any size is drawn. */
const usualSide = 224;

/** Numbers of images for which the graph is tried out: what differs between them is the axis of the batch. */
const trialBatches = [1, 2];

/**
 * @param given what is known of the preprocessing; a file says nothing of it but the size
 * @throws UnsupportedOnnxError, UnsupportedOperatorError, OnnxNodeError, FixedBatchError, ChannelCountError,
 *   NonFiniteWeightsError, any error of the reader
 */
export async function loadOnnx(path: string, given: Partial<Preprocessing> = {}): Promise<OnnxModel> {
  await using file = await openOnnx(path);
  const image = findImageInput(path, file);
  const preprocessing = preprocessingOf(path, image, given);
  const inputs = [mainInput(image, preprocessing), ...otherInputs(path, file.graph, image)];
  const { network, weights } = await drawNetwork(path, file, image, inputs).catch((error: unknown) => {
    throw fixedSizeError(error, path, image, preprocessing) ?? error;
  });
  const hookNames = new Set(network.hooks.keys());
  const aliases = moduleAliases(file.graph.nodes, hookNames);
  return {
    network,
    weights,
    naming: { name: 'onnx', source: (name) => name, aliases },
    preprocessing,
    warnings: assumptions(image, given),
  };
}

async function drawNetwork(
  path: string,
  file: OnnxFile,
  image: ImageInput,
  inputs: readonly InputSpec[],
): Promise<{ network: Network; weights: Weights }> {
  const nodes = inputs.map(inputNode);
  const entering = inputs.map((spec, index): [string, TensorValue] => [
    spec.name,
    enteringValue(spec, nodes[index]!, image),
  ]);
  const drawn = await drawGraph(file, new Map(entering), image.batch);
  const { weights } = drawn;
  try {
    const network = networkFrom(inputs, nodes, outputNodes(path, file.graph, drawn));
    return { network: { ...network, fixedSize: !takesLargerImages(network, weights) }, weights };
  } catch (error) {
    disposeWeights(weights);
    throw error;
  }
}

/** What is wrong with a network of fixed size that is to read another one is the size. */
function fixedSizeError(
  error: unknown,
  path: string,
  image: ImageInput,
  asked: Preprocessing,
): FixedSizeError | undefined {
  if (!(error instanceof OnnxNodeError || error instanceof FixedBatchError)) return undefined;
  const { height = asked.height, width = asked.width } = image;
  if (height === asked.height && width === asked.width) return undefined;
  return new FixedSizeError(path, [height, width], [asked.height, asked.width]);
}

/** By how much images are larger on which it is tried whether a network takes any size. */
const enlargement = 1.5;

function takesLargerImages(network: Network, weights: Weights): boolean {
  const larger = (length: number, axis: Axis) =>
    axis === 'height' || axis === 'width' ? Math.round(length * enlargement) : length;
  const inputs = network.inputs.map(({ name, shape, axes, dtype }, index) => {
    const size = index === 0 ? shape.map((length, axis) => larger(length, axes[axis]!)) : shape;
    return [name, { shape: [1, ...size], dtype }] as const;
  });
  try {
    const types = resultTypes((tensors) => runNetwork(network, weights, tensors), Object.fromEntries(inputs));
    // A reshape that leaves the number of images open may take a larger one for several.
    return types[network.output]!.shape[0] === 1;
  } catch (error) {
    if (error instanceof OnnxNodeError) return false;
    throw error;
  }
}

function preprocessingOf(
  path: string,
  { channels, height, width }: ImageInput,
  given: Partial<Preprocessing>,
): Preprocessing {
  const preprocessing: Preprocessing = {
    height: height ?? usualSide,
    width: width ?? usualSide,
    channelOrder: 'rgb',
    scale: 1,
    mean: [0],
    std: [1],
    crop: 1,
    interpolation: 'bilinear',
    ...given,
  };
  return forChannels(preprocessing, channels, path);
}

function assumptions({ height, width }: ImageInput, given: Partial<Preprocessing>): string[] {
  const isScaled = given.mean !== undefined || given.std !== undefined || given.scale !== undefined;
  const isSized = (height && width) || (given.height !== undefined && given.width !== undefined);
  return [
    ...(isScaled
      ? []
      : [
          'An ONNX file does not say which values it expects: it is given pixels in [0, 1]. If it was trained on others, import it with their scale, mean and std',
        ]),
    ...(isSized
      ? []
      : [`It takes images of any size: ${usualSide}×${usualSide} is taken for its nominal one`]),
  ];
}

function mainInput({ port }: ImageInput, { height, width, mean }: Preprocessing): InputSpec {
  return {
    name: port.name,
    shape: [height, width, mean.length],
    axes: ['height', 'width', 'channel'],
    dtype: 'float32',
  };
}

function otherInputs(path: string, { inputs }: OnnxGraph, { port: main }: ImageInput): InputSpec[] {
  return inputs.filter((port) => port !== main).map((port) => otherInput(path, port));
}

/** Values of the largest other input: a text of a thousand tokens, as embeddings. */
const largestInput = 2 ** 20;

function otherInput(path: string, { name, shape, isInteger }: Port): InputSpec {
  const lengths = shape?.slice(1);
  const isKnown = lengths && shape?.length !== 0 && lengths.length <= 3 && !lengths.includes(undefined);
  if (!isKnown || (lengths as number[]).reduce((a, b) => a * b, 1) > largestInput) {
    throw new UnsupportedOnnxError(
      path,
      `its input "${name}" has the shape [${shape?.map((length) => length ?? '?').join(', ')}]: beside the image, ` +
        'only inputs of [batch, ...] with known lengths are supported',
    );
  }
  const known = lengths as number[];
  return { name, shape: known, axes: usualAxes(known), dtype: isInteger ? 'int32' : 'float32' };
}

function enteringValue(spec: InputSpec, node: Node, { port, isChannelsFirst }: ImageInput): TensorValue {
  const layout: Layout = spec.name === port.name && isChannelsFirst ? 'channelsLast' : 'plain';
  const labels: Label[] = ['batch', ...spec.axes];
  const shapes = trialBatches.map((batch) => onnxShape([batch, ...spec.shape], layout));
  return { kind: 'tensor', node, layout, labels, shapes, dtype: spec.dtype };
}

/** Of several outputs, the first is the network's own, which a hooked model wants last. */
function outputNodes(path: string, { outputs }: OnnxGraph, drawn: Drawn): Node[] {
  return outputs.toReversed().map(({ name }) => {
    const value = drawn.outputs.get(name)!;
    if (value.kind === 'host')
      throw new UnsupportedOnnxError(path, `its output "${name}" does not depend on the image`);
    if (!value.node.hook)
      throw new FixedBatchError(`its output "${name}" does not have one part for each image`);
    return value.node;
  });
}
