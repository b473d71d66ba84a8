/** Quantiles and bars from the buckets of a histogram. */
import { touchesZero, type Bucket } from './float-histogram.ts';

/** Between which all values lie. */
export interface Extent {
  readonly minimum: number;
  readonly maximum: number;
}

/**
 * As NumPy's `quantile` by linear interpolation between the two nearest of the sorted values, each taken from within its
 * bucket: off by no more than a 64th of the larger of the two. The lowest and the highest are exact.
 * @param at increasing, in [0, 1]
 */
export function quantiles(buckets: readonly Bucket[], at: readonly number[], extent: Extent): number[] {
  const total = buckets.reduce((sum, { count }) => sum + count, 0);
  const valueAt = orderStatistics(buckets, extent, total);
  return at.map((share) => {
    const rank = share * (total - 1);
    const low = Math.floor(rank);
    const below = valueAt(low);
    return below + (rank - low) * (valueAt(Math.min(low + 1, total - 1)) - below);
  });
}

/** About where the value of a rank lies, from 0; ranks must be asked for in increasing order, but for the last. */
function orderStatistics(buckets: readonly Bucket[], { minimum, maximum }: Extent, total: number) {
  const ends = Float64Array.from(buckets, ({ count }) => count);
  for (let index = 1; index < ends.length; index++) ends[index]! += ends[index - 1]!;
  return (rank: number): number => {
    if (rank === 0) return minimum;
    if (rank === total - 1) return maximum;
    const index = firstAbove(ends, rank);
    const { low, high, count } = buckets[index]!;
    const before = ends[index]! - count;
    const value = low + ((rank - before + 0.5) / count) * (high - low);
    return Math.min(maximum, Math.max(minimum, value));
  };
}

/** Index of the first of increasing numbers that is larger. */
function firstAbove(numbers: Float64Array, value: number): number {
  let [from, to] = [0, numbers.length - 1];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (numbers[middle]! > value) to = middle;
    else from = middle + 1;
  }
  return from;
}

/**
 * Counts in `bars` equal bars from the lowest to the highest value, with those that are zero left out. A bucket that
 * reaches into several bars is divided among them in proportion; so the counts are no whole numbers, but their sum is.
 */
export function bars(buckets: readonly Bucket[], count: number, { minimum, maximum }: Extent): number[] {
  const counts = Array.from({ length: count }, () => 0);
  const width = (maximum - minimum) / count;
  if (!(width > 0)) return counts;
  const placeOf = (value: number) => Math.min(count - 1, Math.max(0, Math.floor((value - minimum) / width)));
  for (const bucket of buckets.filter((each) => !touchesZero(each))) {
    const [low, high] = [Math.max(minimum, bucket.low), Math.min(maximum, bucket.high)];
    const [first, last] = [placeOf(low), placeOf(high)];
    for (let bar = first; bar <= last; bar++) {
      const inside = Math.min(high, minimum + (bar + 1) * width) - Math.max(low, minimum + bar * width);
      counts[bar]! += first === last ? bucket.count : bucket.count * Math.max(0, inside / (high - low));
    }
  }
  return counts;
}
