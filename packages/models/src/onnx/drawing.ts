/**
 * The drawing of an ONNX graph as a graph of ours: operations are defined one after the other and tried out at once on
 * blank inputs of the nominal size, which tells the shapes that follow.
 */
import { tf } from '@fovea/tensor';
import type { Node, Operation, RunContext, Shape, TensorSpec } from '../graph.ts';
import { defaultNonlinearities } from '../nonlinearities.ts';
import type { Field } from '../receptive-field.ts';
import { toEngine } from '../weights.ts';
import { toEngineTensor, type HostTensor } from './host-tensor.ts';
import { axesOf, usualLabels } from './labels.ts';
import { FixedBatchError } from './onnx-errors.ts';
import {
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
  compute(tensors: readonly tf.Tensor[], hosts: readonly HostTensor[], context: RunContext): tf.Tensor;
}

/** A value that enters from outside, with blank ones to try the graph out on, in the engine's order of axes. */
export interface Entering {
  readonly node: Node;
  readonly layout: Layout;
  readonly labels: readonly Label[];
  /** The drawing frees them. */
  readonly trials: readonly tf.Tensor[];
}

export interface Drawing {
  /** @throws Error where the operation refuses its inputs */
  define(definition: Definition): TensorValue;
  enter(entering: Entering): TensorValue;
  /** The same value with ONNX's order of axes in the engine. */
  readonly plain: <Value extends Operand>(operand: Value) => Value;
  /** A value of rank 4 or less as an image: [batch, height, width, channels]. */
  readonly channelsLast: (operand: Operand) => TensorValue;
  /** The same value where another node hands it on. */
  renamed(value: TensorValue, node: Node): TensorValue;
  /** Frees what was computed to try out operations, except that of `kept`. */
  forget(kept: ReadonlySet<TensorValue>): void;
  /** Learned tensors that operations have asked for, on the engine. The drawing does not free them. */
  readonly weights: Map<string, tf.Tensor>;
}

/** @param trialCount with how many blank inputs each value enters */
export function drawing(trialCount: number): Drawing {
  const weights = new Map<string, tf.Tensor>();
  const specs = new Map<string, TensorSpec>();
  const trials = new Map<TensorValue, readonly tf.Tensor[]>();
  const conversions = new Map<TensorValue, TensorValue>();
  const context: RunContext = { weights, nonlinearities: defaultNonlinearities };

  const specOf = ({ name, shape, values, order }: Parameter): TensorSpec => {
    const known = specs.get(name);
    if (known) return known;
    const spec: TensorSpec = { name, shape, ...(order && { toEngine: order }) };
    weights.set(name, tf.keep(toEngine(spec, values)));
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
    const operation: Operation = {
      kind,
      ...(tensors.length > 0 && { tensors }),
      compute(inputs, run) {
        const tensorOf = (source: TensorValue): tf.Tensor => inputs[sources.indexOf(source)]!;
        return compute(
          { tensorOf, shapeOf: (source) => onnxShape(tensorOf(source).shape, source.layout) },
          run,
        );
      },
    };
    const tried = triedOut(trialCount, (trial) => {
      const tensorOf = (source: TensorValue): tf.Tensor => trials.get(source)![trial]!;
      const result = compute({ tensorOf, shapeOf: ({ shapes }) => shapes[trial]! }, context);
      // An operation may hand on what it was given; each value is freed by itself.
      return sources.some((source) => trials.get(source)?.[trial] === result) ? result.clone() : result;
    });
    const value = valueOf(operation, sources, tried, definition);
    trials.set(value, tried);
    return value;
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
    enter({ node, layout, labels, trials: tensors }) {
      const shapes = tensors.map((tensor) => onnxShape(tensor.shape, layout));
      const value: TensorValue = { kind: 'tensor', node, layout, labels, shapes };
      trials.set(value, tensors);
      return value;
    },
    plain: (operand) => (operand.kind === 'host' ? operand : (convert(operand, 'plain') as typeof operand)),
    channelsLast: (operand) => convert(operand, 'channelsLast'),
    renamed(value, node) {
      const named = { ...value, node };
      trials.set(
        named,
        trials.get(value)!.map((tensor) => tf.keep(tensor.clone())),
      );
      return named;
    },
    forget(kept) {
      const needed = new Set([...kept].flatMap((value) => [value, conversions.get(value) ?? []].flat()));
      for (const [value, tensors] of trials) {
        if (needed.has(value)) continue;
        tf.dispose([...tensors]);
        trials.delete(value);
        conversions.delete(value);
      }
    },
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
  readonly read: Read;
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

function triedOut(count: number, attempt: (trial: number) => tf.Tensor): readonly tf.Tensor[] {
  const made: tf.Tensor[] = [];
  try {
    for (let trial = 0; trial < count; trial++) made.push(tf.keep(tf.tidy(() => attempt(trial))));
  } catch (error) {
    tf.dispose(made);
    if (made.length === 0) throw error;
    throw new FixedBatchError((error as Error).message.replace(/\.$/, ''), { cause: error });
  }
  return made;
}

function valueOf(
  operation: Operation,
  sources: readonly TensorValue[],
  tried: readonly tf.Tensor[],
  { layout = 'plain', labels, field }: Definition,
): TensorValue {
  const { shape } = tried[0]!;
  const told = typeof labels === 'function' ? labels(tried.at(-1)!.shape) : labels;
  const fitting = told?.length === shape.length ? told : usualLabels(shape.length, layout);
  const node: Node = {
    operation,
    inputs: sources.map((source) => source.node),
    shape: shape.slice(1),
    axes: axesOf(fitting.slice(1)),
    field,
  };
  return {
    kind: 'tensor',
    node,
    layout,
    labels: fitting,
    shapes: tried.map((tensor): Shape => onnxShape(tensor.shape, layout)),
  };
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
