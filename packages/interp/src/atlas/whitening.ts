import { tf } from '@fovea/tensor';
import { CholeskyDecomposition, Matrix } from 'ml-matrix';

/**
 * Maps a direction v to S⁻¹v, where S is the mean of h·hᵀ over activations h: what a direction means beside what activations
 * have in common anyway, as Lucid's `render_icons` does.
 * @param activations [samples, channels]
 * @param ridge share of the mean variance that is added to each channel's, so that directions of which the samples say
 * nothing are not blown up
 */
export async function whitening(
  activations: tf.Tensor2D,
  ridge: number,
): Promise<(direction: ArrayLike<number>) => number[]> {
  const [samples, channels] = activations.shape;
  const product = tf.tidy(() => tf.matMul(activations, activations, true).div(samples));
  const values = await product.data<'float32'>();
  product.dispose();
  const matrix = Matrix.from1DArray(channels, channels, values);
  const variance = matrix.trace() / channels || 1;
  matrix.add(Matrix.eye(channels).mul(ridge * variance));
  const decomposition = new CholeskyDecomposition(matrix);
  return (direction) => decomposition.solve(Matrix.columnVector(Array.from(direction))).to1DArray();
}
