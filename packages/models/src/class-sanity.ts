/** What a classifier takes photographs for: whether its classes are what they are called, in the order they are. */
import { tf } from '@fovea/tensor';
import type { HookedModel } from './hooked-model.ts';
import { requireChannel } from './model.ts';

export interface Photographs {
  /** [batch, height, width, 3] in [0, 1]. */
  readonly images: tf.Tensor4D;
  /** Of their files. */
  readonly names?: readonly string[];
  /** Right indices of the logits, where known. */
  readonly labels?: readonly number[];
}

interface Prediction {
  /** The name of the photograph's file, if it is known. */
  readonly photograph?: string;
  readonly class: number;
  readonly probability: number;
}

export interface ClassSanity {
  readonly images: number;
  /** The likeliest class of each, with its probability. */
  readonly predictions: readonly Prediction[];
  /** Shares of the images whose label is the likeliest class, or among the five likeliest. */
  readonly top1?: number;
  readonly top5?: number;
  readonly warnings: readonly string[];
}

/** Fewer say little about a network. */
const fewest = 4;

/** Of the way from guessing to always being right, how much a trained network makes at least. */
const leastProgress = 0.15;

const batchSize = 8;

/**
 * Undefined of networks without logits.
 * @throws UnknownChannelError for a label that is none of them
 */
export async function classSanity(
  model: HookedModel,
  { images, names, labels }: Photographs,
): Promise<ClassSanity | undefined> {
  const logits = model.hookPoints.find(({ kind }) => kind === 'logits');
  if (!logits) return undefined;
  labels?.forEach((label) => requireChannel(model, logits.name, label));
  const rows = await probabilities(model, logits.name, images);
  const predictions = rows.map((row, index) => {
    const probability = Math.max(...row);
    return { photograph: names?.[index], class: row.indexOf(probability), probability };
  });
  const ranks =
    labels && rows.map((row, index) => row.filter((value) => value > row[labels[index]!]!).length);
  const top = (count: number) => ranks && ranks.filter((rank) => rank < count).length / ranks.length;
  const sanity = { images: rows.length, predictions, top1: top(1), top5: top(5) };
  return { ...sanity, warnings: rows.length < fewest ? [] : warningsOf(sanity, logits.channels) };
}

async function probabilities(model: HookedModel, logits: string, images: tf.Tensor4D): Promise<number[][]> {
  const rows: number[][] = [];
  for (let begin = 0; begin < images.shape[0]; begin += batchSize) {
    const batch = tf.tidy(() => {
      const count = Math.min(batchSize, images.shape[0] - begin);
      const input = model.preprocess(images.slice(begin, count));
      return tf.softmax(model.run(input, { until: [logits] })[logits] as tf.Tensor2D);
    });
    rows.push(...(await batch.array()));
    batch.dispose();
  }
  return rows;
}

function warningsOf({ predictions, top1 }: Omit<ClassSanity, 'warnings'>, classes: number): string[] {
  const seen = new Set(predictions.map((prediction) => prediction.class));
  const warnings: string[] = [];
  if (seen.size === 1)
    warnings.push(`All ${predictions.length} photographs are taken for class ${[...seen][0]}`);
  const chance = 1 / classes;
  if (top1 !== undefined && top1 < chance + leastProgress * (1 - chance)) {
    warnings.push(
      `The likeliest class is the right one of ${(100 * top1).toFixed(1)} % of the photographs, hardly more than ` +
        'by chance: the preprocessing is probably wrong, or the classes are in another order',
    );
  }
  return warnings;
}
