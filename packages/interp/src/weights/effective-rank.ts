import { tf } from '@fovea/tensor';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/**
 * How many directions a matrix uses: exp of the entropy of its squared singular values, as shares of their sum (Roy and
 * Vetterli, "The Effective Rank", 2007). From 1 to the length of the smaller side.
 * @param values [rows, columns], row after row
 */
export async function effectiveRank(values: Float32Array, rows: number): Promise<number> {
  const columns = values.length / rows;
  const energies = (await gramEigenvalues(values, rows, columns)).map((value) => Math.max(0, value));
  const total = energies.reduce((sum, energy) => sum + energy, 0);
  const entropy = energies.reduce((sum, energy) => {
    const share = energy / total;
    return share > 0 ? sum - share * Math.log(share) : sum;
  }, 0);
  return Math.exp(entropy);
}

/** Of the products of rows with rows, or of columns with columns if they are fewer: the squared singular values. */
async function gramEigenvalues(values: Float32Array, rows: number, columns: number): Promise<number[]> {
  const products = tf.tidy(() => {
    const matrix = tf.tensor2d(values, [rows, columns]);
    const transposed = matrix.transpose<tf.Tensor2D>();
    return rows <= columns ? tf.matMul(matrix, transposed) : tf.matMul(transposed, matrix);
  });
  const data = await products.data<'float32'>();
  products.dispose();
  const side = Math.min(rows, columns);
  const gram = Matrix.from1DArray(side, side, Array.from(data));
  return new EigenvalueDecomposition(gram, { assumeSymmetric: true }).realEigenvalues;
}
