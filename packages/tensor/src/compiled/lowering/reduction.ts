import * as tf from '@tensorflow/tfjs';
import type { Value } from '../graph.ts';
import { tensorTypes } from '../onnx/model.ts';
import { reducedAxes, type ReductionAttributes } from '../shapes/reduction.ts';
import { planarAxis } from './layout.ts';
import type { Lower, Lowering } from './lowering.ts';

/** Reduces in planar form where x has it and the axes that stay keep their order. */
function reduce(operator: string, x: Value, y: Value, attributes: ReductionAttributes, to: Lowering): void {
  const axes = reducedAxes(x.shape, attributes);
  const keepdims = attributes.keepDims ? 1 : 0;
  if (axes.length === 0) return to.setNatural(y, to.natural(x));
  const rank = x.shape.length;
  const planarAxes = axes.map((axis) => planarAxis(axis, rank));
  const staying = x.shape
    .map((_, axis) => axis)
    .filter((axis) => !axes.includes(axis))
    .map((axis) => planarAxis(axis, rank));
  const isOrderKept = staying.every((axis, index) => index === 0 || staying[index - 1]! < axis);
  if (to.isPlanar(x) && (keepdims === 1 || isOrderKept)) {
    const ordered = to.onnx.integers(planarAxes.toSorted((a, b) => a - b));
    const reduced = to.onnx.node(operator, [to.planar(x), ordered], { keepdims });
    return keepdims === 1 ? to.setPlanar(y, reduced) : to.setNatural(y, reduced);
  }
  return to.setNatural(y, to.onnx.node(operator, [to.natural(x), to.onnx.integers(axes)], { keepdims }));
}

const reduction =
  (operator: string): Lower =>
  ({ inputs, attributes, outputs: [y] }, to) =>
    reduce(operator, inputs.x!, y!, attributes, to);

/** ONNX reduces numbers only: any is their greatest, all their least. */
const logicalReduction =
  (operator: string): Lower =>
  ({ inputs, attributes, outputs: [y] }, to) => {
    const axes = to.onnx.integers(reducedAxes(inputs.x!.shape, attributes));
    const numbers = to.onnx.node('Cast', [to.natural(inputs.x!)], { to: tensorTypes.int32 });
    const reduced = to.onnx.node(operator, [numbers, axes], { keepdims: attributes.keepDims ? 1 : 0 });
    to.setNatural(y!, to.onnx.node('Cast', [reduced], { to: tensorTypes.bool }));
  };

const arg =
  (operator: string): Lower =>
  ({ inputs, attributes, outputs: [y] }, to) => {
    const [axis] = tf.util.parseAxisParam(attributes.axis as number, [...inputs.x!.shape]) as [number];
    const place = to.onnx.node(operator, [to.natural(inputs.x!)], { axis, keepdims: 0 });
    to.setNatural(y!, to.onnx.node('Cast', [place], { to: tensorTypes.int32 }));
  };

const cumsum: Lower = ({ inputs, attributes, outputs: [y] }, to) => {
  const { axis, exclusive, reverse } = attributes as unknown as tf.CumsumAttrs;
  const layout = to.layoutFor(y!, [inputs.x!]);
  const [along] = tf.util.parseAxisParam(axis, [...y!.shape]) as [number];
  const operands = [layout.read(inputs.x!), to.onnx.scalar(layout.axis(along), 'int32')];
  const flags = { exclusive: exclusive ? 1 : 0, reverse: reverse ? 1 : 0 };
  layout.write(y!, to.onnx.node('CumSum', operands, flags));
};

const softmax: Lower = ({ inputs, outputs: [y] }, to) => {
  const layout = to.layoutFor(y!, [inputs.logits!]);
  const axis = layout.axis(y!.shape.length - 1);
  layout.write(y!, to.onnx.node('Softmax', [layout.read(inputs.logits!)], { axis }));
};

const topK: Lower = ({ inputs, attributes, outputs: [values, indices] }, to) => {
  const operands = [to.natural(inputs.x!), to.onnx.integers([attributes.k as number])];
  const [top, places] = to.onnx.nodeOf('TopK', operands, { axis: -1 }, 2);
  to.setNatural(values!, top!);
  to.setNatural(indices!, to.onnx.node('Cast', [places!], { to: tensorTypes.int32 }));
};

export const reductionLowerings: Readonly<Record<string, Lower>> = {
  All: logicalReduction('ReduceMin'),
  Any: logicalReduction('ReduceMax'),
  ArgMax: arg('ArgMax'),
  ArgMin: arg('ArgMin'),
  Cumsum: cumsum,
  Max: reduction('ReduceMax'),
  Mean: reduction('ReduceMean'),
  Min: reduction('ReduceMin'),
  Prod: reduction('ReduceProd'),
  Softmax: softmax,
  Sum: reduction('ReduceSum'),
  TopK: topK,
};
