import { tf } from '@fovea/tensor';
import type { Call, Operator, Operators } from '../call.ts';
import { engineAxis, normalAxis, rankOf, type Operand, type TensorValue } from '../operand.ts';

type Reduce = (x: tf.Tensor, axes: number[], keep: boolean) => tf.Tensor;

/** Axes were an attribute first and an input later, which the operators did at different times. */
export function axesOf(call: Call, rank: number, input = 1): number[] | undefined {
  const given = call.constant(input)?.data ?? call.ints('axes');
  return given && [...given].map((axis) => normalAxis(axis, rank));
}

function reduction(reduce: Reduce): Operator {
  return (call) => {
    const operand = call.operand(0);
    const rank = rankOf(operand);
    const axes = axesOf(call, rank) ?? [];
    if (axes.length === 0 && call.int('noop_with_empty_axes', 0) === 1) return operand;
    const all = axes.length === 0 ? Array.from({ length: rank }, (_, axis) => axis) : axes;
    return reduced(call, operand, all, call.int('keepdims', 1) === 1, reduce);
  };
}

function reduced(
  call: Call,
  operand: Operand,
  axes: readonly number[],
  keep: boolean,
  reduce: Reduce,
): TensorValue {
  const x = operand.kind === 'tensor' && !keepsOrder(operand, axes, keep) ? call.plain(operand) : operand;
  if (x.kind === 'host') {
    return call.define({ operands: [x], compute: ([value]) => reduce(value!, [...axes], keep) });
  }
  const along = axes.map((axis) => engineAxis(x, axis));
  return call.define({
    operands: [x],
    layout: keep ? x.layout : 'plain',
    labels: keep ? x.labels : x.labels.filter((_, axis) => !along.includes(axis)),
    field: x.labels.every((label, axis) => !along.includes(axis) || label === 'channel')
      ? x.node.field
      : undefined,
    compute: ([value]) => reduce(value!, along, keep),
  });
}

/** Whether the axes that remain of a value lie in the engine as they do in ONNX. */
function keepsOrder(x: TensorValue, axes: readonly number[], keep: boolean): boolean {
  if (keep) return true;
  const left = Array.from({ length: rankOf(x) }, (_, axis) => axis).filter((axis) => !axes.includes(axis));
  const places = left.map((axis) => engineAxis(x, axis));
  return places.every((place, index) => index === 0 || place > places[index - 1]!);
}

function argMax(call: Call): TensorValue {
  const x = call.plain(call.operand(0));
  const axis = normalAxis(call.int('axis', 0), rankOf(x));
  if (call.int('select_last_index', 0) === 1) call.refuse('it selects the last index');
  const keep = call.int('keepdims', 1) === 1;
  return call.define({
    operands: [x],
    compute: ([value]) => {
      const found = tf.argMax(value!, axis);
      return keep ? found.expandDims(axis) : found;
    },
  });
}

const sum: Reduce = (x, axes, keep) => x.sum(axes, keep);
const sumSquare: Reduce = (x, axes, keep) => x.square().sum(axes, keep);

export const reductionOperators: Operators = {
  ReduceMean: reduction((x, axes, keep) => x.mean(axes, keep)),
  ReduceSum: reduction(sum),
  ReduceSumSquare: reduction(sumSquare),
  ReduceMax: reduction((x, axes, keep) => x.max(axes, keep)),
  ReduceMin: reduction((x, axes, keep) => x.min(axes, keep)),
  ReduceProd: reduction((x, axes, keep) => x.prod(axes, keep)),
  ReduceL1: reduction((x, axes, keep) => x.abs().sum(axes, keep)),
  ReduceL2: reduction((x, axes, keep) => sumSquare(x, axes, keep).sqrt()),
  ReduceLogSum: reduction((x, axes, keep) => sum(x, axes, keep).log()),
  ReduceLogSumExp: reduction((x, axes, keep) => tf.logSumExp(x, axes, keep)),
  ArgMax: argMax,
};
