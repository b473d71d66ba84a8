/**
 * WASM has no Einsum, and that of cpu is wrong where an index of the result is in both operands, as in `j,jk->j`.
 * Two operands are a batched matrix product once their axes are in order.
 */
import * as tf from '@tensorflow/tfjs';
import { replaceKernel } from './register.ts';

export function registerEinsum(backendName: 'cpu' | 'wasm' | 'webgpu' | 'symbolic'): void {
  replaceKernel({
    kernelName: tf.Einsum,
    backendName,
    kernelFunc: ({ inputs, attrs }) => {
      const { equation } = attrs as unknown as tf.EinsumAttrs;
      const operands = Object.values(inputs) as tf.Tensor[];
      const [left, result] = equation.replaceAll(' ', '').split('->') as [string, string];
      return tf.tidy(() => contract(operands, left.split(','), result));
    },
  });
}

/** A tensor whose axes have letters. */
interface Named {
  readonly tensor: tf.Tensor;
  readonly axes: string;
}

function contract(operands: tf.Tensor[], terms: string[], result: string): tf.Tensor {
  const named = operands.map((tensor, index) => {
    const elsewhere = terms.toSpliced(index, 1).join('') + result;
    return sumAway({ tensor, axes: terms[index]! }, elsewhere);
  });
  return arrange(named.length === 1 ? named[0]! : multiply(named[0]!, named[1]!, result), result);
}

/** Sums over the axes that neither the result nor another operand has. */
function sumAway({ tensor, axes }: Named, elsewhere: string): Named {
  const own = axes.split('').flatMap((letter, axis) => (elsewhere.includes(letter) ? [] : [axis]));
  const rest = axes
    .split('')
    .filter((letter) => elsewhere.includes(letter))
    .join('');
  return own.length === 0 ? { tensor, axes } : { tensor: tf.sum(tensor, own), axes: rest };
}

function multiply(a: Named, b: Named, result: string): Named {
  const shared = a.axes.split('').filter((letter) => b.axes.includes(letter));
  const batch = shared.filter((letter) => result.includes(letter)).join('');
  const summed = shared.filter((letter) => !result.includes(letter)).join('');
  const rows = a.axes
    .split('')
    .filter((letter) => !b.axes.includes(letter))
    .join('');
  const columns = b.axes
    .split('')
    .filter((letter) => !a.axes.includes(letter))
    .join('');
  const sizes = new Map([...sizesOf(a), ...sizesOf(b)]);
  const product = (letters: string) =>
    letters.split('').reduce((size, letter) => size * sizes.get(letter)!, 1);
  const left = tf.reshape(arrange(a, batch + rows + summed), [
    product(batch),
    product(rows),
    product(summed),
  ]);
  const right = tf.reshape(arrange(b, batch + summed + columns), [
    product(batch),
    product(summed),
    product(columns),
  ]);
  const axes = batch + rows + columns;
  return {
    tensor: tf.reshape(
      tf.matMul(left, right),
      axes.split('').map((letter) => sizes.get(letter)!),
    ),
    axes,
  };
}

function sizesOf({ tensor, axes }: Named): [letter: string, size: number][] {
  return axes.split('').map((letter, axis) => [letter, tensor.shape[axis]!]);
}

function arrange({ tensor, axes }: Named, order: string): tf.Tensor {
  return axes === order
    ? tensor.clone()
    : tf.transpose(
        tensor,
        order.split('').map((letter) => axes.indexOf(letter)),
      );
}
