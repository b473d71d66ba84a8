/** Where a unit is highest. */
export interface TopExample {
  readonly value: number;
  /** Index in the data set. */
  readonly image: number;
  /** Row by row; tokens count from the first of their group. */
  readonly position: number;
}

/** Highest first; equal values by image, then by position, so that no order of arrival matters. */
export function compareExamples(a: TopExample, b: TopExample): number {
  return b.value - a.value || a.image - b.image || a.position - b.position;
}

/** Puts an example in its place among the best `count`, if it belongs there. */
export function keepExample(best: TopExample[], example: TopExample, count: number): void {
  if (best.length === count && compareExamples(best[count - 1]!, example) <= 0) return;
  let place = best.length;
  while (place > 0 && compareExamples(example, best[place - 1]!) < 0) place--;
  best.splice(place, 0, example);
  best.length = Math.min(best.length, count);
}
