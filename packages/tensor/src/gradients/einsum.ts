/** tfjs has no gradient of einsum. */
import * as tf from '@tensorflow/tfjs';
import { replaceGradient } from './register.ts';

export function registerEinsumGradient(): void {
  replaceGradient({
    kernelName: tf.Einsum,
    saveAllInputs: true,
    gradFunc: (dy, saved, attrs) => {
      const { equation } = attrs as unknown as tf.EinsumAttrs;
      const [operands, result] = equation.replaceAll(' ', '').split('->') as [string, string];
      const terms = operands.split(',');
      return Object.fromEntries(
        terms.map((_, index) => [index, () => operandGradient(dy as tf.Tensor, saved, terms, result, index)]),
      );
    },
  });
}

/**
 * Exchanges the result with one operand. An index that only this operand has was summed away, so its gradient is
 * constant along it.
 */
function operandGradient(
  dy: tf.Tensor,
  operands: tf.Tensor[],
  terms: string[],
  result: string,
  index: number,
): tf.Tensor {
  const term = terms[index]!;
  const otherTerms = [result, ...terms.toSpliced(index, 1)];
  const others = [dy, ...operands.toSpliced(index, 1)];
  const known = term.split('').filter((letter) => otherTerms.some((other) => other.includes(letter)));
  const gradient = tf.einsum(`${otherTerms.join(',')}->${known.join('')}`, ...others);
  const { shape } = operands[index]!;
  const aligned = shape.map((size, axis) => (known.includes(term[axis]!) ? size : 1));
  return tf.broadcastTo(tf.reshape(gradient, aligned), shape);
}
