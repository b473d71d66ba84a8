/** How well predictions agree with labels, in all and by class. */

export interface Evaluation {
  readonly images: number;
  /** Share of images that were classified rightly. */
  readonly accuracy: number;
  /** The same by class, in the order of the classes. */
  readonly classAccuracy: readonly number[];
  /** [label][prediction] → number of images. */
  readonly confusion: readonly (readonly number[])[];
}

export function evaluate(labels: Int32Array, predictions: Int32Array, classes: number): Evaluation {
  const confusion = Array.from({ length: classes }, () => Array.from({ length: classes }, () => 0));
  labels.forEach((label, i) => confusion[label]![predictions[i]!]!++);
  const right = confusion.map((row, label) => row[label]!);
  const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
  return {
    images: labels.length,
    accuracy: total(right) / labels.length,
    classAccuracy: confusion.map((row, label) => right[label]! / total(row)),
    confusion,
  };
}
