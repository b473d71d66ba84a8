import type * as tf from '@tensorflow/tfjs';
import type { Value } from '../graph.ts';
import type { Lower, Lowering } from './lowering.ts';

const batchMatMul: Lower = ({ inputs, attributes, outputs: [y] }, to) => {
  const { a, b } = inputs as { a: Value; b: Value };
  const { transposeA, transposeB } = attributes as unknown as tf.BatchMatMulAttrs;
  const operands = [operand(a, transposeA, to), operand(b, transposeB, to)];
  to.setNatural(y!, to.onnx.node('MatMul', operands));
};

function operand(value: Value, isTransposed: boolean, to: Lowering): string {
  if (!isTransposed) return to.natural(value);
  const axes = value.shape.map((_, axis) => axis);
  return to.transposed(value, [...axes.slice(0, -2), axes.at(-1)!, axes.at(-2)!]);
}

export const matrixLowerings: Readonly<Record<string, Lower>> = { BatchMatMul: batchMatMul };
