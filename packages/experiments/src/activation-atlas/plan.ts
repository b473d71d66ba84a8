/** What will be drawn: the cells of each grid, with what is known of them and the direction of their icon. */
import { cellsOf, meanOf, mostTypical, normalizedLayout, whitening, type Cell } from '@fovea/interp';
import { tf } from '@fovea/tensor';
import type { AtlasCell } from './schema.ts';
import type { Samples, SampleSource } from './samples.ts';

export interface GridPlan {
  readonly size: number;
  readonly cells: readonly PlannedCell[];
}

export interface PlannedCell extends AtlasCell {
  /** Whitened, [channels]. */
  readonly direction: readonly number[];
}

/** How many units, classes and examples of a cell are named. */
const listed = { units: 6, classes: 5, examples: 4 };

export class SparseAtlasError extends Error {
  readonly code = 'SPARSE_ATLAS';
  readonly fault = 'input';

  constructor(samples: number, size: number, minimum: number) {
    super(
      `None of the ${size}×${size} cells has more than ${minimum} of the ${samples} activations: take more images or more positions of each, a coarser grid, or a lower minimum`,
    );
    this.name = 'SparseAtlasError';
  }
}

/**
 * @param points [samples, 2], as UMAP laid them out
 * @throws SparseAtlasError
 */
export async function planGrids(
  source: SampleSource,
  samples: Samples,
  points: Float32Array,
): Promise<GridPlan[]> {
  const { input, channels } = source;
  const total = samples.image.length;
  const whitened = await whitenedBy(samples.activations, [total, channels], input.ridge);
  const facts = cellFacts(source, samples);
  const laid = normalizedLayout(points);
  return input.grids.map((size) => {
    const cells = cellsOf(laid, size, input.minimum);
    if (cells.length === 0) throw new SparseAtlasError(total, size, input.minimum);
    const planned = cells.map((cell) => {
      const mean = meanOf(samples.activations, channels, cell.members);
      return { ...facts(cell, mean), direction: ofUsualLength(mean, whitened(mean)) };
    });
    return { size, cells: planned };
  });
}

/**
 * Of activations h with the whitened direction d, h · d is as large on average as there are channels. Cells of weak
 * activations are brought there too: their icons would else stay grey, the penalty on the border being stronger.
 */
function ofUsualLength(mean: Float64Array, direction: readonly number[]): number[] {
  const strength = direction.reduce((sum, value, channel) => sum + value * mean[channel]!, 0);
  return direction.map((value) => (strength > 0 ? value * Math.sqrt(mean.length / strength) : 0));
}

async function whitenedBy(activations: Float32Array, shape: [number, number], ridge: number) {
  const matrix = tf.tensor2d(activations, shape);
  try {
    return await whitening(matrix, ridge);
  } finally {
    matrix.dispose();
  }
}

function cellFacts(
  { channels, classes, model, logits, dataset, split }: SampleSource,
  { activations, attributions, image, position }: Samples,
): (cell: Cell, mean: Float64Array) => AtlasCell {
  const all = Array.from(image.keys());
  const average = meanOf(activations, channels, all);
  const squares = meanOf(
    activations.map((value) => value * value),
    channels,
    all,
  );
  const deviation = squares.map((square, unit) => Math.sqrt(Math.max(0, square - average[unit]! ** 2)));
  const names = logits === null ? [] : (model.classes ?? []);
  return (cell, mean) => ({
    row: cell.row,
    column: cell.column,
    count: cell.members.length,
    units: highest(
      mean.map((value, unit) => (deviation[unit]! > 0 ? (value - average[unit]!) / deviation[unit]! : 0)),
      listed.units,
    ).map(({ index, value }) => ({ unit: index, mean: rounded(mean[index]!), above: rounded(value) })),
    classes: attributions
      ? highest(meanOf(attributions, classes, cell.members), listed.classes).map(({ index, value }) => ({
          class: index,
          name: names[index] ?? String(index),
          attribution: rounded(value),
        }))
      : [],
    examples: mostTypical(activations, mean, cell, listed.examples).map((sample) => ({
      image: image[sample]!,
      id: dataset.entry(split, image[sample]!).id,
      position: position[sample]!,
    })),
  });
}

function highest(values: Float64Array, count: number): { index: number; value: number }[] {
  const ranked = Array.from(values, (value, index) => ({ index, value }));
  return ranked.toSorted((a, b) => b.value - a.value).slice(0, count);
}

const rounded = (value: number): number => Number(value.toPrecision(4));
