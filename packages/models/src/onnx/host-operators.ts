/** Operators on numbers that are known before any image is: how graphs compute shapes and indices. */
import type { Call } from './call.ts';
import {
  broadcastShape,
  broadcastTo,
  checkHostSize,
  combine,
  hostTensor,
  rearranged,
  sizeOf,
  stridesOf,
  vector,
  type HostTensor,
  type NumberKind,
} from './host-tensor.ts';
import { isNumbers, normalAxis, type HostValue, type Operand } from './operand.ts';
import { axisRanges, sliceNumbers } from './operators/indexing.ts';

type HostOperator = (inputs: readonly HostTensor[], call: Call) => HostTensor;

/** The node's value if its inputs are numbers, and its operator is one that computes with those. */
export function hostResult(call: Call): Operand | undefined {
  const operator = hostOperators[call.node.operator];
  const operands = call.operands.filter((operand) => operand !== undefined);
  // Masks of attention are written part by part into what looks like a weight.
  const isKnown = call.node.operator === 'ScatterND' ? isHost : isNumbers;
  if (!operator || !operands.every(isKnown)) return undefined;
  const inputs = call.node.operator === 'Slice' ? [operands[0]!, ...sliceNumbers(call)] : operands;
  return lifted(inputs, (values) => operator(values, call));
}

function isHost(operand: Operand): operand is HostValue {
  return operand.kind === 'host';
}

/** A function of numbers as one of the shapes on which the numbers depend. */
function lifted(
  inputs: readonly HostValue[],
  compute: (values: readonly HostTensor[]) => HostTensor,
): HostValue {
  const sources = [...new Set(inputs.flatMap((input) => input.sources))];
  if (sources.length === 0) {
    const value = compute(inputs.map((input) => input.evaluate([])));
    return { kind: 'host', sources, evaluate: () => value };
  }
  return {
    kind: 'host',
    sources,
    evaluate: (shapes) =>
      compute(
        inputs.map((input) =>
          input.evaluate(input.sources.map((source) => shapes[sources.indexOf(source)]!)),
        ),
      ),
  };
}

function arithmetic(compute: (...values: number[]) => number): HostOperator {
  return (inputs) => {
    const type: NumberKind = inputs.some((input) => input.type === 'float') ? 'float' : 'int';
    return combine(type, inputs, compute);
  };
}

function float(compute: (value: number) => number): HostOperator {
  return (inputs) => combine('float', inputs, compute);
}

function truth(compute: (...values: number[]) => boolean): HostOperator {
  return (inputs) => combine('bool', inputs, (...values) => Number(compute(...values)));
}

/** Of integers, it rounds towards zero. */
const divide: HostOperator = (inputs) => {
  const isWhole = inputs.every(({ type }) => type !== 'float');
  return combine(isWhole ? 'int' : 'float', inputs, (a, b) => (isWhole ? Math.trunc(a / b) : a / b));
};

/** Numbers of TensorProto.DataType. */
const floatTypes = new Set([1, 10, 11, 16]);
const boolType = 9;

const cast: HostOperator = ([input], call) => {
  const to = call.int('to', 1);
  if (to === boolType)
    return { ...input!, type: 'bool', data: input!.data.map((value) => Number(value !== 0)) };
  if (floatTypes.has(to)) return { ...input!, type: 'float' };
  return { ...input!, type: 'int', data: input!.data.map(Math.trunc) };
};

const where: HostOperator = (inputs) =>
  combine(inputs[1]!.type, inputs, (condition, a, b) => (condition ? a : b));

const concat: HostOperator = (inputs, call) => {
  const [first] = inputs;
  const axis = normalAxis(call.int('axis', 0), first!.shape.length);
  const shape = first!.shape.map((length, each) =>
    each === axis ? inputs.reduce((sum, input) => sum + input.shape[axis]!, 0) : length,
  );
  const outer = sizeOf(shape.slice(0, axis));
  const data = Array.from({ length: outer }, (_, row) =>
    inputs.flatMap((input) => {
      const inner = input.data.length / outer;
      return input.data.slice(row * inner, (row + 1) * inner);
    }),
  ).flat();
  return hostTensor(first!.type, shape, data);
};

const gather: HostOperator = ([input, indices], call) => {
  const { shape } = input!;
  const axis = normalAxis(call.int('axis', 0), shape.length);
  const strides = stridesOf(shape);
  const taken = indices!.data.map((index) => normalAxis(index, shape[axis]!));
  const result = [...shape.slice(0, axis), ...indices!.shape, ...shape.slice(axis + 1)];
  const takenStrides = stridesOf(indices!.shape);
  return rearranged(input!, result, (index) => {
    const which = indices!.shape.reduce((sum, _, each) => sum + index[axis + each]! * takenStrides[each]!, 0);
    const from = [...index.slice(0, axis), taken[which]!, ...index.slice(axis + indices!.shape.length)];
    return from.reduce((sum, each, along) => sum + each * strides[along]!, 0);
  });
};

const slice: HostOperator = ([input, ...numbers]) => {
  const { shape } = input!;
  const strides = stridesOf(shape);
  const ranges = shape.map((length) => ({ begin: 0, step: 1, count: length }));
  for (const { axis, ...range } of axisRanges(shape, numbers)) ranges[axis] = range;
  return rearranged(
    input!,
    ranges.map(({ count }) => count),
    (index) =>
      ranges.reduce((sum, { begin, step }, axis) => sum + (begin + index[axis]! * step) * strides[axis]!, 0),
  );
};

const reshape: HostOperator = ([input, wanted]) => {
  const given = wanted!.data.map((length, axis) => (length === 0 ? input!.shape[axis]! : length));
  const known = given.filter((length) => length !== -1).reduce((product, length) => product * length, 1);
  const shape = given.map((length) => (length === -1 ? input!.data.length / known : length));
  if (sizeOf(shape) !== input!.data.length) {
    throw new Error(`${input!.data.length} numbers cannot have the shape [${given.join(', ')}]`);
  }
  return { ...input!, shape };
};

function axesOf(call: Call, given: HostTensor | undefined, rank: number): number[] | undefined {
  const axes = given?.data ?? call.ints('axes');
  return axes && [...axes].map((axis) => normalAxis(axis, rank));
}

const squeeze: HostOperator = ([input, given], call) => {
  const axes = axesOf(call, given, input!.shape.length);
  return {
    ...input!,
    shape: input!.shape.filter((length, axis) => (axes ? !axes.includes(axis) : length !== 1)),
  };
};

const unsqueeze: HostOperator = ([input, given], call) => {
  const count = given?.data.length ?? call.ints('axes')?.length ?? 0;
  const rank = input!.shape.length + count;
  const axes = axesOf(call, given, rank) ?? [];
  const rest = [...input!.shape];
  return {
    ...input!,
    shape: Array.from({ length: rank }, (_, axis) => (axes.includes(axis) ? 1 : rest.shift()!)),
  };
};

/** Of a copy, the parts at `indices`, whose last axis holds places along the first axes, become the updates. */
const scatter: HostOperator = ([input, indices, updates]) => {
  const data = [...input!.data];
  const depth = indices!.shape.at(-1) ?? 1;
  const strides = stridesOf(input!.shape);
  const part = sizeOf(input!.shape.slice(depth));
  for (let begin = 0; begin < indices!.data.length; begin += depth) {
    const place = indices!.data.slice(begin, begin + depth);
    const to = place.reduce(
      (sum, index, axis) => sum + normalAxis(index, input!.shape[axis]!) * strides[axis]!,
      0,
    );
    const from = (begin / depth) * part;
    data.splice(to, part, ...updates!.data.slice(from, from + part));
  }
  return { ...input!, data };
};

const transpose: HostOperator = ([input], call) => {
  const { shape } = input!;
  const order = call.ints('perm') ?? shape.map((_, axis) => shape.length - 1 - axis);
  const strides = stridesOf(shape);
  return rearranged(
    input!,
    order.map((axis) => shape[normalAxis(axis, shape.length)]!),
    (index) => order.reduce((sum, axis, each) => sum + index[each]! * strides[axis]!, 0),
  );
};

const tile: HostOperator = ([input, times]) => {
  const strides = stridesOf(input!.shape);
  return rearranged(
    input!,
    input!.shape.map((length, axis) => length * times!.data[axis]!),
    (index) => input!.shape.reduce((sum, length, axis) => sum + (index[axis]! % length) * strides[axis]!, 0),
  );
};

const range: HostOperator = ([start, limit, delta]) => {
  const [first, step] = [start!.data[0]!, delta!.data[0]!];
  const count = Math.max(0, Math.ceil((limit!.data[0]! - first) / step));
  checkHostSize([count]);
  return {
    type: start!.type,
    shape: [count],
    data: Array.from({ length: count }, (_, index) => first + index * step),
  };
};

function reduction(reduce: (values: readonly number[]) => number): HostOperator {
  return ([input, given], call) => {
    const { shape, data, type } = input!;
    const axes = axesOf(call, given, shape.length) ?? shape.map((_, axis) => axis);
    if (axes.length < shape.length) throw new Error('only all of a shape can be reduced');
    return { type, shape: call.int('keepdims', 1) === 1 ? shape.map(() => 1) : [], data: [reduce(data)] };
  };
}

export const hostOperators: Readonly<Record<string, HostOperator>> = {
  Add: arithmetic((a, b) => a + b),
  Sub: arithmetic((a, b) => a - b),
  Mul: arithmetic((a, b) => a * b),
  Div: divide,
  Mod: arithmetic((a, b) => ((a % b) + b) % b),
  Pow: arithmetic((a, b) => a ** b),
  Min: arithmetic(Math.min),
  Max: arithmetic(Math.max),
  Neg: arithmetic((a) => -a),
  Abs: arithmetic(Math.abs),
  Floor: arithmetic(Math.floor),
  Ceil: arithmetic(Math.ceil),
  Sqrt: float(Math.sqrt),
  Exp: float(Math.exp),
  Log: float(Math.log),
  Reciprocal: float((a) => 1 / a),
  Equal: truth((a, b) => a === b),
  Less: truth((a, b) => a < b),
  LessOrEqual: truth((a, b) => a <= b),
  Greater: truth((a, b) => a > b),
  GreaterOrEqual: truth((a, b) => a >= b),
  And: truth((a, b) => a !== 0 && b !== 0),
  Or: truth((a, b) => a !== 0 || b !== 0),
  Not: truth((a) => a === 0),
  Where: where,
  Cast: cast,
  Identity: ([input]) => input!,
  Concat: concat,
  Gather: gather,
  Slice: slice,
  Reshape: reshape,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Transpose: transpose,
  ScatterND: scatter,
  Expand: ([input, wanted]) => broadcastTo(input!, broadcastShape(input!.shape, wanted!.data)),
  Tile: tile,
  Range: range,
  ReduceProd: reduction((values) => values.reduce((a, b) => a * b, 1)),
  ReduceSum: reduction((values) => values.reduce((a, b) => a + b, 0)),
  ReduceMax: reduction((values) => Math.max(...values)),
  ReduceMin: reduction((values) => Math.min(...values)),
  ConstantOfShape: ([wanted], call) => filled(wanted!, call),
  Shape: ([input]) => vector(input!.shape),
};

function filled(wanted: HostTensor, call: Call): HostTensor {
  checkHostSize(wanted.data);
  const { type, data } = call.constantAttribute('value') ?? hostTensor('float', [1], [0]);
  return { type, shape: wanted.data, data: Array<number>(sizeOf(wanted.data)).fill(data[0]!) };
}
