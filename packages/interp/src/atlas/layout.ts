/** Activations laid out in a plane, similar ones beside each other. */
import { tf, type Random } from '@fovea/tensor';
import { UMAP } from 'umap-js';

export interface LayoutSettings {
  /** How many of its nearest activations one is kept close to; at most as many as there are others. */
  readonly neighbors: number;
  /** Between points of the layout. */
  readonly minimumDistance: number;
}

/** Rows of the matrix of similarities that are computed at once. */
const rows = 256;

/**
 * UMAP (McInnes et al., 2018) by cosine distance, the neighbours found exactly. Yields the share of the work that is done;
 * returns [samples, 2].
 * @param activations [samples, channels]
 */
export async function* layout(
  activations: tf.Tensor2D,
  { neighbors, minimumDistance }: LayoutSettings,
  random: Random,
): AsyncGenerator<number, Float32Array> {
  const samples = activations.shape[0];
  const nNeighbors = Math.min(neighbors, samples - 1);
  const { indices, distances } = await nearest(activations, nNeighbors);
  const umap = new UMAP({ nNeighbors, minDist: minimumDistance, random: () => random.uniform() });
  umap.setPrecomputedKNN(indices, distances);
  const epochs = umap.initializeFit(Array.from({ length: samples }, () => []));
  for (let epoch = 1; epoch <= epochs; epoch++) {
    umap.step();
    if (epoch % 10 === 0) yield epoch / epochs;
  }
  return Float32Array.from(umap.getEmbedding().flat());
}

interface Neighbors {
  readonly indices: number[][];
  readonly distances: number[][];
}

/** Each activation first, then those nearest to it by 1 − cosine. */
async function nearest(activations: tf.Tensor2D, count: number): Promise<Neighbors> {
  const [samples] = activations.shape;
  const found: Neighbors = { indices: [], distances: [] };
  const unit = tf.tidy(() => tf.div(activations, tf.maximum(tf.norm(activations, 2, 1, true), 1e-12)));
  for (let start = 0; start < samples; start += rows) {
    const { values, indices } = tf.tidy(() => {
      const own = tf.slice(unit, [start, 0], [Math.min(rows, samples - start), -1]);
      return tf.topk(tf.matMul(own, unit, false, true), count);
    });
    const [cosines, places] = (await Promise.all([values.array(), indices.array()])) as [
      number[][],
      number[][],
    ];
    found.indices.push(...places);
    found.distances.push(...cosines.map((row) => row.map((cosine) => Math.max(0, 1 - cosine))));
    tf.dispose([values, indices]);
  }
  unit.dispose();
  return found;
}

/**
 * Into the unit square as Lucid crops: from the 1st to the 99th percentile of each coordinate and a tenth of that beyond;
 * what lies further out is moved to the border.
 * @param points [samples, 2]
 */
export function normalizedLayout(points: Float32Array): Float32Array {
  const ranges = [0, 1].map((axis) => {
    const values = points.filter((_, index) => index % 2 === axis).toSorted();
    const [low, high] = [percentile(values, 1), percentile(values, 99)];
    const margin = 0.1 * (high - low);
    const from = Math.max(values[0]!, low - margin);
    return { from, to: Math.min(values.at(-1)!, high + margin) };
  });
  return points.map((value, index) => {
    const { from, to } = ranges[index % 2]!;
    return to > from ? (Math.min(to, Math.max(from, value)) - from) / (to - from) : 0.5;
  });
}

/** Between neighbours in proportion. @param sorted ascending */
function percentile(sorted: Float32Array, percent: number): number {
  const at = (percent / 100) * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!];
  return below + (above - below) * (at - Math.floor(at));
}
