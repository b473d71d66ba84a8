/**
 * Makes a graph smaller without changing what it computes, but for rounding: equal nodes become one, operations on
 * constants are done here, multiplications by one and the like disappear, and broadcasting happens as late as it can.
 */
import * as tf from '@tensorflow/tfjs';
import { foldConstants } from './fold-constants.ts';
import {
  constantValue,
  isSameShape,
  kernelNode,
  sizeOf,
  uniformOf,
  type Attributes,
  type Graph,
  type Node,
  type TensorType,
  type Value,
} from './graph.ts';
import { rewriteGraph } from './rewrite.ts';
import { shapeRules } from './shapes/all.ts';
import { broadcastingKernels } from './shapes/elementwise.ts';

export function simplify(graph: Graph): Graph {
  const interning = new Interning();
  return rewriteGraph(
    graph,
    ({ kernel, attributes, outputs }, inputs) =>
      interning.call({ kernel, inputs, attributes, types: outputs }),
    (value) => interning.leaf(value),
  );
}

/** A kernel about to become a node. */
interface Call {
  readonly kernel: string;
  readonly inputs: Readonly<Record<string, Value>>;
  readonly attributes: Attributes;
  readonly types: readonly TensorType[];
}

/** Undefined where the rule does not apply. */
type Simplification = (call: Call, interning: Interning) => Value | undefined;

/** Keeps one node for each computation. */
class Interning {
  readonly #nodes = new Map<string, readonly Value[]>();
  readonly #numbers = new Map<Node, number>();

  /** The values of a call, simplified as far as the rules go. */
  call(call: Call): readonly Value[] {
    if (call.types.length === 1) {
      for (const simplification of simplifications) {
        const simpler = simplification(call, this);
        if (simpler) return [simpler];
      }
    }
    const { kernel, inputs, attributes, types } = call;
    const operands = Object.entries(inputs).map(([name, value]) => [name, this.#keyOf(value)]);
    const key = JSON.stringify([kernel, operands, attributes, types.map(({ shape }) => shape)], finiteOrName);
    return this.#intern(key, () => kernelNode(kernel, inputs, attributes, types).outputs);
  }

  /** Calls a kernel that gives one tensor; its shape rule says which. */
  one(kernel: string, inputs: Readonly<Record<string, Value>>, attributes: Attributes = {}): Value {
    const rule = shapeRules[kernel] as unknown as (inputs: unknown, attributes: unknown) => TensorType;
    return this.call({ kernel, inputs, attributes, types: [rule(inputs, attributes)] })[0]!;
  }

  broadcast(value: Value, shape: readonly number[]): Value {
    return this.one('BroadcastTo', { x: value }, { shape });
  }

  uniform(value: number, { shape, dtype }: TensorType): Value {
    return this.leaf(constantValue(value, { shape, dtype }));
  }

  /** Uniform constants of one shape are one; other leaves are themselves. */
  leaf(value: Value): Value {
    const uniform = uniformOf(value);
    if (uniform === undefined) return value;
    const key = JSON.stringify([
      'uniform',
      Object.is(uniform, -0) ? '-0' : String(uniform),
      value.shape,
      value.dtype,
    ]);
    return this.#intern(key, () => [value])[0]!;
  }

  #intern(key: string, make: () => readonly Value[]): readonly Value[] {
    let values = this.#nodes.get(key);
    if (!values) this.#nodes.set(key, (values = make()));
    return values;
  }

  #keyOf({ node, output }: Value): string {
    let number = this.#numbers.get(node);
    if (number === undefined) this.#numbers.set(node, (number = this.#numbers.size));
    return `${number}:${output}`;
  }
}

/** JSON has no infinities: they would all be null. */
function finiteOrName(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

const simplifications: readonly Simplification[] = [
  dropIdentity,
  dropNeutralOperand,
  joinReshapes,
  joinTranspositions,
  arrangeUniform,
  tileByBroadcast,
  broadcastLater,
  joinFactors,
  foldCall,
];

/** Kernels that leave their one input as it is, given these attributes. */
function dropIdentity({ kernel, inputs, types: [type] }: Call): Value | undefined {
  const x = inputs.x ?? inputs['0'];
  if (!x || x.dtype !== type!.dtype || !isSameShape(x.shape, type!.shape)) return undefined;
  const keepsOrder = ['Identity', 'Cast', 'Reshape', 'BroadcastTo', 'Slice', 'PadV2', 'MirrorPad', 'Tile'];
  if (keepsOrder.includes(kernel)) return x;
  if (kernel === 'Concat' && Object.keys(inputs).length === 1) return x;
  return undefined;
}

/** x + 0, x − 0, x · 1, x / 1 */
function dropNeutralOperand({ kernel, inputs: { a, b }, types: [type] }: Call, to: Interning) {
  const neutral = { Add: 0, Sub: 0, Multiply: 1, RealDiv: 1 }[kernel];
  if (neutral === undefined || !a || !b) return undefined;
  if (uniformOf(b) === neutral && a.dtype === type!.dtype) return to.broadcast(a, type!.shape);
  const isCommutative = kernel === 'Add' || kernel === 'Multiply';
  if (isCommutative && uniformOf(a) === neutral && b.dtype === type!.dtype)
    return to.broadcast(b, type!.shape);
  return undefined;
}

function joinReshapes({ kernel, inputs: { x }, types: [type] }: Call, to: Interning): Value | undefined {
  if (kernel !== 'Reshape' || x?.node.kind !== 'kernel' || x.node.kernel !== 'Reshape') return undefined;
  return to.one('Reshape', { x: x.node.inputs.x! }, { shape: [...type!.shape] });
}

function joinTranspositions({ kernel, inputs: { x }, attributes }: Call, to: Interning): Value | undefined {
  if (kernel !== 'Transpose') return undefined;
  const perm = attributes.perm as number[];
  if (perm.every((axis, index) => axis === index)) return x;
  if (x?.node.kind !== 'kernel' || x.node.kernel !== 'Transpose') return undefined;
  const before = x.node.attributes.perm as number[];
  return to.one('Transpose', { x: x.node.inputs.x! }, { perm: perm.map((axis) => before[axis]!) });
}

/** However a uniform tensor is arranged, it stays uniform. */
function arrangeUniform({ kernel, inputs: { x }, types: [type] }: Call, to: Interning): Value | undefined {
  const uniform = x && uniformOf(x);
  const arranges = ['Reshape', 'Transpose', 'BroadcastTo', 'Slice', 'StridedSlice', 'Tile', 'Reverse'];
  if (uniform === undefined || !arranges.includes(kernel)) return undefined;
  return to.uniform(uniform, type!);
}

/** Repeating axes of length 1 is broadcasting. */
function tileByBroadcast({ kernel, inputs: { x }, attributes, types: [type] }: Call, to: Interning) {
  if (kernel !== 'Tile') return undefined;
  const reps = attributes.reps as number[];
  if (!reps.every((times, axis) => times === 1 || x!.shape[axis] === 1)) return undefined;
  return to.broadcast(x!, type!.shape);
}

/** f(broadcast x, y) = f(x, y), broadcast if y does not do it. */
function broadcastLater(
  { kernel, inputs, attributes, types: [type] }: Call,
  to: Interning,
): Value | undefined {
  if (kernel === 'BroadcastTo') {
    const x = inputs.x!;
    if (x.node.kind !== 'kernel' || x.node.kernel !== 'BroadcastTo') return undefined;
    return to.broadcast(x.node.inputs.x!, type!.shape);
  }
  if (!broadcastingKernels.has(kernel)) return undefined;
  const entries = Object.entries(inputs).map(([name, value]) => [name, beforeBroadcast(value, to)] as const);
  if (entries.every(([name, value]) => value === inputs[name])) return undefined;
  return to.broadcast(to.one(kernel, Object.fromEntries(entries), attributes), type!.shape);
}

function beforeBroadcast(value: Value, to: Interning): Value {
  const uniform = uniformOf(value);
  if (uniform !== undefined && value.shape.length > 0)
    return to.uniform(uniform, { shape: [], dtype: value.dtype });
  const { node } = value;
  return node.kind === 'kernel' && node.kernel === 'BroadcastTo' ? node.inputs.x! : value;
}

/** (x · c) · d = x · (c · d) for constants c and d. */
function joinFactors({ kernel, inputs, types: [type] }: Call, to: Interning): Value | undefined {
  if (kernel !== 'Multiply' || type!.dtype !== 'float32') return undefined;
  const outer = constantFactor(inputs);
  if (!outer || outer.other.node.kind !== 'kernel' || outer.other.node.kernel !== 'Multiply')
    return undefined;
  const inner = constantFactor(outer.other.node.inputs);
  if (!inner) return undefined;
  const shape = tf.broadcast_util.assertAndGetBroadcastShape(
    [...inner.constant.shape],
    [...outer.constant.shape],
  );
  const larger = Math.max(sizeOf(inner.constant.shape), sizeOf(outer.constant.shape));
  if (sizeOf(shape) > larger) return undefined;
  const factor = to.one('Multiply', { a: inner.constant, b: outer.constant });
  return factor.node.kind === 'constant' ? to.one('Multiply', { a: inner.other, b: factor }) : undefined;
}

function constantFactor({ a, b }: Readonly<Record<string, Value>>) {
  if (b!.node.kind === 'constant') return { constant: b!, other: a! };
  return a!.node.kind === 'constant' ? { constant: a!, other: b! } : undefined;
}

function foldCall({ kernel, inputs, attributes, types: [type] }: Call, to: Interning): Value | undefined {
  const values = foldConstants(kernel, inputs, attributes, type!);
  return values && to.leaf(constantValue(values, type!));
}
