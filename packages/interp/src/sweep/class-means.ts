/** Means by class, and how much a unit prefers one. */

/**
 * Sums that do not depend on the order of their terms: each term is divided into a whole number and a multiple of
 * 2^-32, of which float64 adds thousands of millions exactly. What is lost of a term is below 2^-33.
 */
export interface ClassSums {
  /** Images of each class. */
  readonly images: Float64Array;
  /** [units, classes], as the next. */
  readonly whole: Float64Array;
  readonly fraction: Float64Array;
}

const parts = 2 ** 32;

export const emptyClassSums = (units: number, classes: number): ClassSums => ({
  images: new Float64Array(classes),
  whole: new Float64Array(units * classes),
  fraction: new Float64Array(units * classes),
});

export function addToClass(sums: ClassSums, unit: number, label: number, value: number): void {
  const place = unit * sums.images.length + label;
  const whole = Math.round(value);
  sums.whole[place]! += whole;
  sums.fraction[place]! += Math.round((value - whole) * parts);
}

export function mergeClassSums(into: ClassSums, other: ClassSums): void {
  for (const name of ['images', 'whole', 'fraction'] as const)
    for (let index = 0; index < into[name].length; index++) into[name][index]! += other[name][index]!;
}

export interface ClassMean {
  readonly label: number;
  readonly mean: number;
  readonly images: number;
}

/** Of the classes that have images, highest mean first. */
export function classMeans({ images, whole, fraction }: ClassSums, unit: number): ClassMean[] {
  const means: ClassMean[] = [];
  for (const [label, count] of images.entries()) {
    const place = unit * images.length + label;
    if (count > 0)
      means.push({ label, mean: (whole[place]! + fraction[place]! / parts) / count, images: count });
  }
  return means.toSorted((a, b) => b.mean - a.mean || a.label - b.label);
}

/**
 * (a − b) / (a + b), of the highest mean a of a class and the mean b over the other classes: 0 for a unit that all
 * classes drive alike, 1 for one that fires for a single class (Morcos et al., "On the importance of single directions
 * for generalization", 2018). NaN below two classes, and for units whose means are not all at least 0.
 * @param means highest first
 */
export function classSelectivity(means: readonly ClassMean[]): number {
  const [best, ...others] = means;
  if (!best || others.length === 0 || means.at(-1)!.mean < 0) return NaN;
  const rest = others.reduce((sum, { mean }) => sum + mean, 0) / others.length;
  return (best.mean - rest) / (best.mean + rest);
}
