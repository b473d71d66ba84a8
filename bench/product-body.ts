/** A large product of matrices through the same runtime: the most arithmetic that it does here in a second. */
import { compile, tf } from '../packages/tensor/src/index.ts';
import { repeated, type Body } from './pairs.ts';

const side = 1536;

/** Floating-point operations of one product. */
export const productOperations = 2 * side ** 3;

export async function productBody(): Promise<Body> {
  const values = new Float32Array(side * side).fill(0.5);
  const b = tf.tensor2d(values, [side, side]);
  const product = await compile(
    // A sum leaves the runtime, not the nine megabytes of the product.
    ({ a }) => ({ sum: tf.sum(tf.matMul(a as tf.Tensor2D, b)) }),
    { inputs: { a: { shape: [side, side] } } },
  );
  b.dispose();
  await product.run({ a: values });
  return repeated(
    'product of matrices',
    5,
    () => product.run({ a: values }),
    () => product.dispose(),
  );
}
