import { tf } from '@fovea/tensor';
import type { Call, Operators } from '../call.ts';
import { broadcastShape } from '../host-tensor.ts';
import { productLabels, usualLabels } from '../labels.ts';
import { rankOf, type Label, type Operand } from '../operand.ts';

/** A product with learned weights is a fully connected layer. */
function kindOf(b: Operand): string {
  return b.kind === 'host' && b.parameter ? 'linear' : 'matmul';
}

function labelsOf(operand: Operand): readonly Label[] {
  return operand.kind === 'tensor' ? operand.labels : usualLabels(rankOf(operand));
}

function matMul(call: Call) {
  const [a, b] = [call.plain(call.operand(0)), call.plain(call.operand(1))];
  const [rankA, rankB] = [rankOf(a), rankOf(b)];
  if (rankA < 2 || rankB < 1) call.refuse(`it multiplies values of ${rankA} and ${rankB} axes`);
  const labels =
    rankB === 2
      ? [...labelsOf(a).slice(0, -1), 'channel' as const]
      : rankA >= rankB
        ? productLabels(labelsOf(a), labelsOf(b))
        : undefined;
  return call.define({
    kind: kindOf(b),
    operands: [a, b],
    labels,
    field: a.kind === 'tensor' && rankB === 2 ? a.node.field : undefined,
    compute: ([x, y]) => product(x!, y!),
  });
}

/** The engine finds out only when it computes. */
function checkInner(columns: number, rows: number): void {
  if (columns !== rows) throw new Error(`${columns} columns do not meet ${rows} rows`);
}

/** As numpy's matmul, of a matrix or a batch of them by a vector, a matrix, or a batch of them. */
function product(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  if (b.rank === 1) return product(a, b.expandDims(1)).squeeze([-1]);
  const [rows, inner] = a.shape.slice(-2);
  checkInner(inner!, b.shape.at(-2)!);
  if (b.rank === 2) {
    const flat = tf.matMul(a.reshape<tf.Tensor2D>([-1, inner!]), b);
    return flat.reshape([...a.shape.slice(0, -1), b.shape[1]!]);
  }
  const batch = broadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const matrices = (x: tf.Tensor): tf.Tensor3D => {
    const matrix = x.shape.slice(-2);
    return tf.broadcastTo(x, [...batch, ...matrix]).reshape([-1, ...matrix] as [number, number, number]);
  };
  return tf.matMul(matrices(a), matrices(b)).reshape([...batch, rows!, b.shape.at(-1)!]);
}

/** alpha · A · B + beta · C, each matrix transposed if so asked. */
function gemm(call: Call) {
  const [a, b] = [call.plain(call.operand(0)), call.plain(call.operand(1))];
  const c = call.operands[2];
  const [alpha, beta] = [call.float('alpha', 1), call.float('beta', 1)];
  const [transposeA, transposeB] = [call.int('transA', 0) === 1, call.int('transB', 0) === 1];
  return call.define({
    kind: kindOf(b),
    operands: c ? [a, b, call.plain(c)] : [a, b],
    compute: ([x, y, z]) => {
      checkInner(x!.shape[transposeA ? 0 : 1]!, y!.shape[transposeB ? 1 : 0]!);
      const multiplied = tf.matMul(x as tf.Tensor2D, y as tf.Tensor2D, transposeA, transposeB);
      const scaled = alpha === 1 ? multiplied : multiplied.mul(alpha);
      if (!z) return scaled;
      return scaled.add(beta === 1 ? z : z.mul(beta));
    },
  });
}

function einsum(call: Call) {
  const equation = call.text('equation', '').replaceAll(' ', '');
  if (equation.includes('.')) call.refuse(`its equation is ${equation}`);
  const operands = call.operands.map((_, index) => call.plain(call.operand(index)));
  if (operands.length > 2) call.refuse(`it has ${operands.length} inputs`);
  const explicit = equation.includes('->') ? equation : `${equation}->${implicitOutput(equation)}`;
  return call.define({ operands, compute: (values) => tf.einsum(explicit, ...values) });
}

/** The letters that occur once, in the order of the alphabet. */
function implicitOutput(equation: string): string {
  const letters = Array.from(equation.replaceAll(',', ''));
  return letters
    .filter((letter) => letters.filter((other) => other === letter).length === 1)
    .toSorted()
    .join('');
}

export const matrixOperators: Operators = {
  MatMul: matMul,
  Gemm: gemm,
  Einsum: einsum,
};
