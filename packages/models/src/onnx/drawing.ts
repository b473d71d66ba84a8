/**
 * The drawing of an ONNX graph as a graph of ours: operations are defined one after the other and tried out at once on
 * tensors without values, which tells the shapes that follow.
 */
import { resultTypes, type TensorFunction, type TensorType, type tf } from '@fovea/tensor';
import type { Node, Operation, RunContext, Shape, TensorSpec, WindowGeometry } from '../graph.ts';
import { defaultNonlinearities } from '../nonlinearities.ts';
import type { Field } from '../receptive-field.ts';
import { toEngine } from '../weights.ts';
import { toEngineTensor, type HostTensor } from './host-tensor.ts';
import { axesOf, usualLabels } from './labels.ts';
import { FixedBatchError } from './onnx-errors.ts';
import {
  engineShape,
  onnxShape,
  orderOf,
  rankOf,
  type HostValue,
  type Label,
  type Layout,
  type Operand,
  type Parameter,
  type TensorValue,
} from './operand.ts';

export interface Definition {
  /** As hook points call it: `conv`, `relu`, ... */
  readonly kind: string;
  /** What it reads as tensors, in the layouts that they have. */
  readonly operands: readonly Operand[];
  /** What it reads as numbers. */
  readonly hosts?: readonly HostValue[];
  /** Of the result. Default: plain. */
  readonly layout?: Layout;
  /** Of the result, in the engine's order, perhaps by its shape in the last trial. Default: the usual ones of its rank. */
  readonly labels?: readonly Label[] | ((shape: Shape) => readonly Label[]);
  readonly field?: Field;
  /** Of a convolution or a pool. */
  readonly window?: WindowGeometry;
  /** Which of the operands is a convolution's filter. */
  readonly filter?: number;
  compute(tensors: readonly tf.Tensor[], hosts: readonly HostTensor[], context: RunContext): tf.Tensor;
}

export interface Drawing {
  /** @throws Error where the operation refuses its inputs */
  define(definition: Definition): TensorValue;
  /** The same value with ONNX's order of axes in the engine. */
  readonly plain: <Value extends Operand>(operand: Value) => Value;
  /** A value of rank 4 or less as an image: [batch, height, width, channels]. */
  readonly channelsLast: (operand: Operand) => TensorValue;
  /** Learned tensors that operations have asked for, on the engine. The drawing does not free them. */
  readonly weights: Map<string, tf.Tensor>;
}

/** @param trialCount for how many numbers of images each value that enters has a shape */
export function drawing(trialCount: number): Drawing {
  const weights = new Map<string, tf.Tensor>();
  const specs = new Map<string, TensorSpec>();
  const conversions = new Map<TensorValue, TensorValue>();
  const context: RunContext = { weights, nonlinearities: defaultNonlinearities };

  const specOf = ({ name, shape, values, order }: Parameter): TensorSpec => {
    const known = specs.get(name);
    if (known) return known;
    const spec: TensorSpec = { name, shape, ...(order && { toEngine: order }) };
    weights.set(name, toEngine(spec, values));
    specs.set(name, spec);
    return spec;
  };

  const define = (definition: Definition): TensorValue => {
    const { kind, operands, hosts = [] } = definition;
    const readers = operands.map((operand) => readerOf(operand, specOf));
    const numbers = hosts.map(hostReader);
    const sources = [...new Set([...readers, ...numbers].flatMap((reader) => reader.sources))];
    const tensors = readers.flatMap(({ spec }) => spec ?? []);
    const compute = (given: Given, run: RunContext): tf.Tensor =>
      definition.compute(
        readers.map(({ read }) => read(given, run)),
        numbers.map(({ read }) => read(given)),
        run,
      );
    const window = windowOf(definition, readers);
    const operation: Operation = {
      kind,
      ...(tensors.length > 0 && { tensors }),
      ...(window && { window }),
      compute(inputs, run) {
        const tensorOf = (source: TensorValue): tf.Tensor => inputs[sources.indexOf(source)]!;
        return compute(
          { tensorOf, shapeOf: (source) => onnxShape(tensorOf(source).shape, source.layout) },
          run,
        );
      },
    };
    const types = triedOut(trialCount, sources, (given) => compute(given, context));
    return valueOf(operation, sources, types, definition);
  };

  const convert = (operand: Operand, layout: Layout): TensorValue => {
    if (operand.kind === 'tensor' && operand.layout === layout) return operand;
    const known = operand.kind === 'tensor' && conversions.get(operand);
    if (known) return known;
    const converted = define(conversion(operand, layout));
    if (operand.kind === 'tensor') conversions.set(operand, converted);
    return converted;
  };

  return {
    define,
    plain: (operand) => (operand.kind === 'host' ? operand : (convert(operand, 'plain') as typeof operand)),
    channelsLast: (operand) => convert(operand, 'channelsLast'),
    weights,
  };
}

/** What a run, or a trial, has of the values on which an operation depends. */
interface Given {
  readonly tensorOf: (source: TensorValue) => tf.Tensor;
  /** In ONNX's order. */
  readonly shapeOf: (source: TensorValue) => Shape;
}

interface Reader<Read> {
  readonly sources: readonly TensorValue[];
  readonly spec?: TensorSpec;
  /** Whether it reads the tensor in the order of axes in which that is kept. */
  readonly asKept?: boolean;
  readonly read: Read;
}

/** Nothing for a convolution whose filter is computed, or kept in another order of axes for an earlier one. */
function windowOf(
  { window, filter }: Definition,
  readers: readonly Reader<unknown>[],
): WindowGeometry | undefined {
  if (filter === undefined) return window;
  const { spec, asKept } = readers[filter]!;
  return window && spec && asKept ? { ...window, filter: spec } : undefined;
}

function readerOf(
  operand: Operand,
  specOf: (parameter: Parameter) => TensorSpec,
): Reader<(given: Given, run: RunContext) => tf.Tensor> {
  if (operand.kind === 'tensor') return { sources: [operand], read: ({ tensorOf }) => tensorOf(operand) };
  const { parameter } = operand;
  if (!parameter) {
    const { sources, read } = hostReader(operand);
    return { sources, read: (given) => toEngineTensor(read(given)) };
  }
  const spec = specOf(parameter);
  const reorder = between(spec.toEngine, parameter.order, parameter.shape.length);
  return {
    sources: [],
    spec,
    asKept: reorder === undefined,
    read(_, { weights }) {
      const stored = weights.get(spec.name)!;
      return reorder ? stored.transpose(reorder) : stored;
    },
  };
}

function hostReader(host: HostValue): Reader<(given: Given) => HostTensor> {
  return { sources: host.sources, read: ({ shapeOf }) => host.evaluate(host.sources.map(shapeOf)) };
}

/** How to transpose what is kept in one order of axes into another; undefined where they are the same. */
function between(
  kept: readonly number[] | undefined,
  wanted: readonly number[] | undefined,
  rank: number,
): number[] | undefined {
  const plain = orderOf.plain(rank);
  const order = (wanted ?? plain).map((axis) => (kept ?? plain).indexOf(axis));
  return order.every((axis, index) => axis === index) ? undefined : order;
}

/** What comes of the sources, for each number of images; nothing is computed. */
function triedOut(
  count: number,
  sources: readonly TensorValue[],
  compute: (given: Given) => tf.Tensor,
): readonly TensorType[] {
  return Array.from({ length: count }, (_, trial) => {
    const inputs = sources.map(
      ({ shapes, layout, dtype }, index) =>
        [String(index), { shape: engineShape(shapes[trial]!, layout), dtype }] as const,
    );
    const run: TensorFunction = (tensors) => ({
      result: compute({
        tensorOf: (source) => tensors[sources.indexOf(source)]!,
        shapeOf: ({ shapes }) => shapes[trial]!,
      }),
    });
    try {
      return resultTypes(run, Object.fromEntries(inputs)).result!;
    } catch (error) {
      if (trial === 0) throw error;
      throw new FixedBatchError((error as Error).message.replace(/\.$/, ''), { cause: error });
    }
  });
}

function valueOf(
  operation: Operation,
  sources: readonly TensorValue[],
  types: readonly TensorType[],
  { layout = 'plain', labels, field }: Definition,
): TensorValue {
  const { shape, dtype } = types[0]!;
  const told = typeof labels === 'function' ? labels(types.at(-1)!.shape) : labels;
  const fitting = told?.length === shape.length ? told : usualLabels(shape.length, layout);
  const node: Node = {
    operation,
    inputs: sources.map((source) => source.node),
    shape: shape.slice(1),
    axes: axesOf(fitting.slice(1)),
    field,
  };
  const shapes = types.map((type) => onnxShape(type.shape, layout));
  return { kind: 'tensor', node, layout, labels: fitting, shapes, dtype };
}

/** Between the two layouts of a value. */
function conversion(operand: Operand, layout: Layout): Definition {
  const rank = rankOf(operand);
  const missing = Array<number>(Math.max(0, 4 - rank)).fill(1);
  const isImage = layout === 'channelsLast';
  const order = isImage ? [0, 2, 3, 1] : [0, 3, 1, 2];
  return {
    kind: 'transpose',
    operands: [operand],
    layout,
    labels: operand.kind === 'tensor' && rank === 4 ? order.map((axis) => operand.labels[axis]!) : undefined,
    field: operand.kind === 'tensor' ? operand.node.field : undefined,
    compute: ([value]) => {
      const image = missing.length > 0 ? value!.reshape([...missing, ...value!.shape]) : value!;
      return isImage && image.shape[2] === 1 && image.shape[3] === 1
        ? image.reshape([image.shape[0], 1, 1, image.shape[1]!])
        : image.transpose(order);
    },
  };
}
