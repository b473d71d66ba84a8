import * as tf from '@tensorflow/tfjs';
import type { TensorType } from '../graph.ts';
import type { ShapeRule } from './shape-rule.ts';

type Binary = { readonly a: TensorType; readonly b: TensorType };

function batchMatMul({ a, b }: Binary, { transposeA, transposeB }: tf.BatchMatMulAttrs): TensorType {
  const batch = tf.broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const rows = a.shape.at(transposeA ? -1 : -2)!;
  const columns = b.shape.at(transposeB ? -2 : -1)!;
  return { shape: [...batch, rows, columns], dtype: a.dtype };
}

export const matrixShapes: Readonly<Record<string, ShapeRule>> = { BatchMatMul: batchMatMul };
