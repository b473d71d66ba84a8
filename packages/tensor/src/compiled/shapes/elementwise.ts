/** Kernels that compute each element of the result from one element of each input, with broadcasting. */
import * as tf from '@tensorflow/tfjs';
import type { DType, TensorType } from '../graph.ts';
import type { ShapeRule } from './shape-rule.ts';

type Unary = { readonly x: TensorType };
type Binary = { readonly a: TensorType; readonly b: TensorType };

const unary = ({ x }: Unary): TensorType => ({ shape: x.shape, dtype: x.dtype });
const predicate = ({ x }: Unary): TensorType => ({ shape: x.shape, dtype: 'bool' });
const binary = ({ a, b }: Binary): TensorType => ({ shape: broadcast(a, b), dtype: a.dtype });
const comparison = ({ a, b }: Binary): TensorType => ({ shape: broadcast(a, b), dtype: 'bool' });

function broadcast(a: TensorType, b: TensorType): number[] {
  return tf.broadcast_util.assertAndGetBroadcastShape([...a.shape], [...b.shape]);
}

/** Kernels whose inputs may all be broadcast, so that it does not matter when they are. */
const broadcasting: Readonly<Record<string, ShapeRule>> = {
  Abs: unary,
  Acos: unary,
  Acosh: unary,
  Asin: unary,
  Asinh: unary,
  Atan: unary,
  Atanh: unary,
  Ceil: unary,
  ClipByValue: unary,
  Cos: unary,
  Cosh: unary,
  Elu: unary,
  Erf: unary,
  Exp: unary,
  Expm1: unary,
  Floor: unary,
  Identity: unary,
  LeakyRelu: unary,
  Log: unary,
  Log1p: unary,
  Neg: unary,
  Reciprocal: unary,
  Relu: unary,
  Relu6: unary,
  Round: unary,
  Rsqrt: unary,
  Selu: unary,
  Sigmoid: unary,
  Sign: unary,
  Sin: unary,
  Sinh: unary,
  Softplus: unary,
  Sqrt: unary,
  Square: unary,
  Step: unary,
  Tan: unary,
  Tanh: unary,
  IsFinite: predicate,
  IsInf: predicate,
  IsNan: predicate,
  LogicalNot: predicate,
  Add: binary,
  FloorDiv: binary,
  Maximum: binary,
  Minimum: binary,
  Mod: binary,
  Multiply: binary,
  Pow: binary,
  RealDiv: binary,
  SquaredDifference: binary,
  Sub: binary,
  Equal: comparison,
  Greater: comparison,
  GreaterEqual: comparison,
  Less: comparison,
  LessEqual: comparison,
  LogicalAnd: comparison,
  LogicalOr: comparison,
  NotEqual: comparison,
  Cast: ({ x }: Unary, { dtype }: tf.CastAttrs) => ({ shape: x.shape, dtype: dtype as DType }),
};

export const elementwiseShapes: Readonly<Record<string, ShapeRule>> = {
  ...broadcasting,
  Prelu: unary,
  ReluGrad: ({ dy }: { dy: TensorType }) => ({ shape: dy.shape, dtype: dy.dtype }),
  Select: ({ t }: { t: TensorType }) => ({ shape: t.shape, dtype: t.dtype }),
};

export const broadcastingKernels: ReadonlySet<string> = new Set(Object.keys(broadcasting));
