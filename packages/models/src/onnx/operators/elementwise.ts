/** Operators that compute each element by itself, of operands that broadcast to one shape. */
import { tf } from '@fovea/tensor';
import type { RunContext } from '../../graph.ts';
import { union } from '../../receptive-field.ts';
import type { Call, Operator, Operators } from '../call.ts';
import { rankOf, shapeOf, type Operand, type TensorValue } from '../operand.ts';

type Compute = (values: readonly tf.Tensor[], context: RunContext) => tf.Tensor;

/** Defines an operation whose result has the layout of its operands. */
export function elementwise(
  call: Call,
  operands: readonly Operand[],
  compute: Compute,
  kind?: string,
): TensorValue {
  const arranged = alike(call, operands);
  const tensors = arranged.filter((operand) => operand.kind === 'tensor');
  const leader = tensors.toSorted((a, b) => rankOf(b) - rankOf(a))[0];
  return call.define({
    kind,
    operands: arranged,
    layout: leader?.layout,
    labels: leader?.labels,
    field: union(tensors.map(({ node }) => node.field)),
    compute: (values, _, context) => compute(values, context),
  });
}

/** In one layout: as images, if one of them is. A single number fits in with all. */
function alike(call: Call, operands: readonly Operand[]): Operand[] {
  const isImage = operands.some((operand) => operand.kind === 'tensor' && operand.layout === 'channelsLast');
  const fits = operands.every((operand) => rankOf(operand) <= 4);
  return operands.map((operand) => {
    if (operand.kind === 'host' && shapeOf(operand).every((length) => length === 1)) return operand;
    return isImage && fits ? call.channelsLast(operand) : call.plain(operand);
  });
}

function unary(compute: (x: tf.Tensor, context: RunContext) => tf.Tensor, kind?: string): Operator {
  return (call) => elementwise(call, [call.operand(0)], ([x], context) => compute(x!, context), kind);
}

function binary(compute: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor): Operator {
  return (call) => elementwise(call, [call.operand(0), call.operand(1)], ([a, b]) => compute(a!, b!));
}

function variadic(compute: Compute): Operator {
  return (call) =>
    elementwise(
      call,
      call.operands.map((_, index) => call.operand(index)),
      compute,
    );
}

/** Of integers, it rounds towards zero. */
function divide(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  if (a.dtype !== 'int32' || b.dtype !== 'int32') return tf.div(a, b);
  return tf.div(a.toFloat(), b.toFloat()).toInt();
}

/** With the sign of the divisor, or, as C's fmod, of the dividend. */
function remainder(call: Call): TensorValue {
  const isDividends = call.int('fmod', 0) === 1;
  return elementwise(call, [call.operand(0), call.operand(1)], ([a, b]) => {
    if (!isDividends) return tf.mod(a!, b!);
    const quotient = tf.div(a!, b!);
    return tf.sub(a!, tf.mul(tf.mul(tf.sign(quotient), tf.floor(tf.abs(quotient))), b!));
  });
}

/** Engines disagree on powers of negative bases: the usual exponents are written as what they mean. */
function power(call: Call): TensorValue {
  const exponent = call.operand(1);
  const only =
    exponent.kind === 'host' &&
    exponent.sources.length === 0 &&
    shapeOf(exponent).every((length) => length === 1)
      ? exponent.evaluate([]).data[0]
      : undefined;
  const simple = only === undefined ? undefined : simplePowers.get(only);
  if (simple) return elementwise(call, [call.operand(0)], ([x]) => simple(x!));
  return elementwise(call, [call.operand(0), exponent], ([x, y]) => tf.pow(x!, y!.cast(x!.dtype)));
}

const simplePowers: ReadonlyMap<number, (x: tf.Tensor) => tf.Tensor> = new Map([
  [1, (x: tf.Tensor) => x.clone()],
  [2, (x: tf.Tensor) => tf.square(x)],
  [3, (x: tf.Tensor) => tf.mul(x, tf.square(x))],
  [0.5, (x: tf.Tensor) => tf.sqrt(x)],
  [-0.5, (x: tf.Tensor) => tf.rsqrt(x)],
  [-1, (x: tf.Tensor) => tf.reciprocal(x)],
]);

const sum: Operator = variadic((values) => values.reduce((a, b) => tf.add(a, b)));

function select(call: Call): TensorValue {
  const operands = [call.operand(0), call.operand(1), call.operand(2)];
  return elementwise(call, operands, ([condition, a, b]) => tf.where(condition!.toBool(), a!, b!));
}

/** Numbers of TensorProto.DataType. */
const integerTypes = new Set([2, 3, 4, 5, 6, 7, 12, 13]);
const boolType = 9;

function cast(call: Call): Operand {
  const type = call.int('to', 1);
  const operand = call.operand(0);
  if (type === boolType) return elementwise(call, [operand], ([x]) => tf.notEqual(x!, 0));
  if (integerTypes.has(type)) return elementwise(call, [operand], ([x]) => x!.toInt());
  return elementwise(call, [operand], ([x]) => x!.toFloat());
}

export const elementwiseOperators: Operators = {
  Add: binary(tf.add),
  Sub: binary(tf.sub),
  Mul: binary(tf.mul),
  Div: binary(divide),
  Pow: power,
  Mod: remainder,
  Sum: sum,
  Mean: variadic((values) => values.reduce((a, b) => tf.add(a, b)).div(values.length)),
  Min: variadic((values) => values.reduce((a, b) => tf.minimum(a, b))),
  Max: variadic((values) => values.reduce((a, b) => tf.maximum(a, b))),
  Equal: binary(tf.equal),
  Less: binary(tf.less),
  LessOrEqual: binary(tf.lessEqual),
  Greater: binary(tf.greater),
  GreaterOrEqual: binary(tf.greaterEqual),
  And: binary(tf.logicalAnd),
  Or: binary(tf.logicalOr),
  Xor: binary(tf.logicalXor),
  Not: unary(tf.logicalNot),
  Where: select,
  Cast: cast,
  CastLike: (call) => elementwise(call, [call.operand(0)], ([x]) => x!.toFloat()),
  Neg: unary(tf.neg),
  Abs: unary(tf.abs),
  Sqrt: unary(tf.sqrt),
  Exp: unary(tf.exp),
  Log: unary(tf.log),
  Reciprocal: unary(tf.reciprocal),
  Floor: unary(tf.floor),
  Ceil: unary(tf.ceil),
  Round: unary(tf.round),
  Sign: unary(tf.sign),
  Sin: unary(tf.sin),
  Cos: unary(tf.cos),
  Erf: unary(tf.erf),
};
