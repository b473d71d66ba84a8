import { isSameShape, uniformOf, type KernelNode, type Value } from '../graph.ts';
import { tensorTypes, type Attributes, type OnnxBuilder } from '../onnx/model.ts';
import { scalarOf, type Lower, type Lowering } from './lowering.ts';

/** What one kernel computes from its operands, given by their names, in whatever layout. */
type Formula = (onnx: OnnxBuilder, operands: readonly string[], node: KernelNode) => string;

const operator =
  (name: string, attributes: (node: KernelNode) => Attributes = () => ({})): Formula =>
  (onnx, operands, node) =>
    onnx.node(name, operands, attributes(node));

/** Kernels that ONNX has, under its names. */
const operators: Readonly<Record<string, string>> = {
  Abs: 'Abs',
  Acos: 'Acos',
  Acosh: 'Acosh',
  Add: 'Add',
  Asin: 'Asin',
  Asinh: 'Asinh',
  Atan: 'Atan',
  Atanh: 'Atanh',
  Ceil: 'Ceil',
  Cos: 'Cos',
  Cosh: 'Cosh',
  Elu: 'Elu',
  Equal: 'Equal',
  Erf: 'Erf',
  Exp: 'Exp',
  Floor: 'Floor',
  Greater: 'Greater',
  GreaterEqual: 'GreaterOrEqual',
  Identity: 'Identity',
  IsInf: 'IsInf',
  IsNan: 'IsNaN',
  Less: 'Less',
  LessEqual: 'LessOrEqual',
  Log: 'Log',
  LogicalAnd: 'And',
  LogicalNot: 'Not',
  LogicalOr: 'Or',
  Maximum: 'Max',
  Minimum: 'Min',
  Multiply: 'Mul',
  Neg: 'Neg',
  Pow: 'Pow',
  Prelu: 'PRelu',
  RealDiv: 'Div',
  Reciprocal: 'Reciprocal',
  Relu: 'Relu',
  Round: 'Round',
  Select: 'Where',
  Selu: 'Selu',
  Sigmoid: 'Sigmoid',
  Sign: 'Sign',
  Sin: 'Sin',
  Sinh: 'Sinh',
  Softplus: 'Softplus',
  Sqrt: 'Sqrt',
  Sub: 'Sub',
  Tan: 'Tan',
  Tanh: 'Tanh',
};

const formulas: Readonly<Record<string, Formula>> = {
  ...Object.fromEntries(Object.entries(operators).map(([kernel, name]) => [kernel, operator(name)])),
  Cast: operator('Cast', ({ outputs }) => ({ to: tensorTypes[outputs[0]!.dtype] })),
  LeakyRelu: operator('LeakyRelu', ({ attributes }) => ({ alpha: { float: attributes.alpha as number } })),
  ClipByValue: (onnx, [x], { attributes, outputs: [y] }) =>
    clip(onnx, x!, attributes.clipValueMin as number, attributes.clipValueMax as number, y!),
  Relu6: (onnx, [x], { outputs: [y] }) => clip(onnx, x!, 0, 6, y!),
  Square: (onnx, [x]) => onnx.node('Mul', [x!, x!]),
  Rsqrt: (onnx, [x]) => onnx.node('Reciprocal', [onnx.node('Sqrt', [x!])]),
  NotEqual: (onnx, operands) => onnx.node('Not', [onnx.node('Equal', operands)]),
  IsFinite: (onnx, [x]) =>
    onnx.node('Not', [onnx.node('Or', [onnx.node('IsNaN', [x!]), onnx.node('IsInf', [x!])])]),
  SquaredDifference(onnx, operands) {
    const difference = onnx.node('Sub', operands);
    return onnx.node('Mul', [difference, difference]);
  },
  Expm1: expm1,
  Log1p: log1p,
  FloorDiv: floorDiv,
  Mod: modulo,
};

/** Clip's bounds are of the type of x. */
function clip(onnx: OnnxBuilder, x: string, min: number, max: number, { dtype }: Value): string {
  return onnx.node('Clip', [x, onnx.scalar(min, dtype), onnx.scalar(max, dtype)]);
}

/** e^x − 1 = tanh(x / 2) · (e^x + 1), which keeps its digits near zero. */
function expm1(onnx: OnnxBuilder, [x]: readonly string[]): string {
  const half = onnx.node('Tanh', [onnx.node('Mul', [x!, onnx.scalar(0.5)])]);
  return onnx.node('Mul', [half, onnx.node('Add', [onnx.node('Exp', [x!]), onnx.scalar(1)])]);
}

/** ln(1 + x): with u = 1 + x rounded, ln u − ((u − 1) − x) / u makes good for the rounding where |x| < 1. */
function log1p(onnx: OnnxBuilder, [x]: readonly string[]): string {
  const u = onnx.node('Add', [x!, onnx.scalar(1)]);
  const log = onnx.node('Log', [u]);
  const rounding = onnx.node('Sub', [onnx.node('Sub', [u, onnx.scalar(1)]), x!]);
  const mended = onnx.node('Sub', [log, onnx.node('Div', [rounding, u])]);
  const isSmall = onnx.node('Less', [onnx.node('Abs', [x!]), onnx.scalar(1)]);
  return onnx.node('Where', [isSmall, mended, log]);
}

/** ONNX divides integers towards zero; in float64 every int32 is exact. */
function floorDiv(onnx: OnnxBuilder, operands: readonly string[], { outputs: [y] }: KernelNode): string {
  if (y!.dtype === 'float32') return onnx.node('Floor', [onnx.node('Div', operands)]);
  const exact = operands.map((operand) => onnx.node('Cast', [operand], { to: tensorTypes.float64 }));
  return onnx.node('Cast', [onnx.node('Floor', [onnx.node('Div', exact)])], { to: tensorTypes.int32 });
}

/** With the sign of the divisor. ONNX has that for integers only. */
function modulo(onnx: OnnxBuilder, [a, b]: readonly string[], { outputs: [y] }: KernelNode): string {
  if (y!.dtype === 'int32') return onnx.node('Mod', [a!, b!]);
  const remainder = onnx.node('Mod', [a!, b!], { fmod: 1 });
  const isNegative = (name: string) => onnx.node('Less', [name, onnx.scalar(0)]);
  const differ = onnx.node('Xor', [isNegative(a!), isNegative(b!)]);
  const moved = onnx.node('Mod', [onnx.node('Add', [remainder, b!]), b!], { fmod: 1 });
  return onnx.node('Where', [differ, moved, remainder]);
}

const lowerFormula =
  (formula: Formula): Lower =>
  (node, to) => {
    const [result] = node.outputs as [Value];
    const inputs = Object.values(node.inputs);
    const layout = to.layoutFor(result, inputs);
    const isShapeGiven = inputs.some(
      (input) => uniformOf(input) === undefined && isSameShape(input.shape, result.shape),
    );
    const operands = inputs.map(
      (input) => (isShapeGiven ? scalarOf(input, to) : undefined) ?? layout.read(input),
    );
    layout.write(result, formula(to.onnx, operands, node));
  };

/**
 * 1 where x > 0, else 0. Read from relu(x) where that is there, x itself need not be kept; a steep HardSigmoid is
 * one pass where a comparison and a cast are two.
 */
function positiveMask(x: Value, to: Lowering, layout: ReturnType<Lowering['layoutFor']>): string {
  const relu = to.consumers(x).find(({ kernel, outputs }) => kernel === 'Relu' && to.isWritten(outputs[0]!));
  const name = layout.read(relu ? relu.outputs[0]! : x);
  return to.onnx.node('HardSigmoid', [name], { alpha: { float: 1e38 }, beta: { float: 0 } });
}

const lowerReluGradient: Lower = (node, to) => {
  const { dy, x } = node.inputs as { dy: Value; x: Value };
  const layout = to.layoutFor(node.outputs[0]!, [dy, x]);
  layout.write(node.outputs[0]!, to.onnx.node('Mul', [layout.read(dy), positiveMask(x, to, layout)]));
};

/** 1 where x > 0, else alpha. */
const lowerStep: Lower = (node, to) => {
  const { x } = node.inputs as { x: Value };
  const alpha = (node.attributes.alpha as number | undefined) ?? 0;
  const layout = to.layoutFor(node.outputs[0]!, [x]);
  if (alpha === 0) return layout.write(node.outputs[0]!, positiveMask(x, to, layout));
  const isPositive = to.onnx.node('Greater', [layout.read(x), to.onnx.scalar(0)]);
  const choice = to.onnx.node('Where', [isPositive, to.onnx.scalar(1), to.onnx.scalar(alpha)]);
  return layout.write(node.outputs[0]!, choice);
};

export const elementwiseLowerings: Readonly<Record<string, Lower>> = {
  ...Object.fromEntries(Object.entries(formulas).map(([kernel, formula]) => [kernel, lowerFormula(formula)])),
  ReluGrad: lowerReluGradient,
  Step: lowerStep,
};
