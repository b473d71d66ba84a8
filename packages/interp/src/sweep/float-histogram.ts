/**
 * How often a unit had which value, in buckets that float32 numbers name themselves: by their sign, exponent and first
 * six bits of the mantissa. Nothing must be known of the range, and adding the counts of two histograms is exact. A
 * bucket is at most 1/64 as wide as its values are large, and so much is a quantile off at most.
 */

const mantissaBits = 6;
const buckets = 1 << mantissaBits;
/** Both signs of 256 exponents. */
const octaves = 512;
const shift = 23 - mantissaBits;

export interface FloatHistogram {
  /** [units, octaves]: the page that counts the octave; 0 where no value lies in it. */
  readonly pageOf: Uint32Array;
  /** The last page; there is none with the number 0. */
  pages: number;
  /** [1 + pages, buckets], and room for more. */
  counts: Float64Array;
}

/** The counts of one octave of one unit, for storing them. */
export interface HistogramPages {
  /** unit · 512 + octave, in increasing order. */
  readonly places: Uint32Array;
  /** [places, buckets] */
  readonly counts: Float64Array;
}

export interface Bucket {
  /** Values from `low` to `high`, of which one end is not among them. */
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

export const emptyHistogram = (units: number): FloatHistogram => ({
  pageOf: new Uint32Array(units * octaves),
  pages: 0,
  counts: new Float64Array(units * buckets),
});

export function countValues(into: FloatHistogram, unit: number, values: Float32Array): void {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const first = unit * octaves;
  const { pageOf } = into;
  let { counts } = into;
  // The innermost loop of a sweep: as little as can be for each value.
  for (let index = 0; index < bits.length; index++) {
    const key = bits[index]! >>> shift;
    const place = first + (key >>> mantissaBits);
    let page = pageOf[place]!;
    if (page === 0) {
      page = addPage(into, place);
      counts = into.counts;
    }
    counts[(page << mantissaBits) | (key & (buckets - 1))]! += 1;
  }
}

function addPage(histogram: FloatHistogram, place: number): number {
  const page = ++histogram.pages;
  if ((page + 1) * buckets > histogram.counts.length) {
    const larger = new Float64Array(2 * page * buckets);
    larger.set(histogram.counts);
    histogram.counts = larger;
  }
  histogram.pageOf[place] = page;
  return page;
}

export function mergeHistogram(into: FloatHistogram, other: FloatHistogram): void {
  addPages(into, pagesOf(other));
}

export function addPages(into: FloatHistogram, { places, counts }: HistogramPages): void {
  for (const [index, place] of places.entries()) {
    const page = into.pageOf[place] || addPage(into, place);
    for (let bucket = 0; bucket < buckets; bucket++)
      into.counts[page * buckets + bucket]! += counts[index * buckets + bucket]!;
  }
}

export function pagesOf({ pageOf, pages, counts }: FloatHistogram): HistogramPages {
  const places = new Uint32Array(pages);
  const ordered = new Float64Array(pages * buckets);
  let index = 0;
  for (const [place, page] of pageOf.entries()) {
    if (page === 0) continue;
    places[index] = place;
    ordered.set(counts.subarray(page * buckets, (page + 1) * buckets), index * buckets);
    index++;
  }
  return { places, counts: ordered };
}

/** Those that are not empty, lowest values first. */
export function bucketsOf({ pageOf, counts }: FloatHistogram, unit: number): Bucket[] {
  const found: Bucket[] = [];
  for (const octave of octavesAscending) {
    const page = pageOf[unit * octaves + octave]!;
    if (page === 0) continue;
    const isNegative = octave >= octaves / 2;
    for (let step = 0; step < buckets; step++) {
      const bucket = isNegative ? buckets - 1 - step : step;
      const count = counts[page * buckets + bucket]!;
      if (count === 0) continue;
      const key = octave * buckets + bucket;
      const [near, far] = [valueOf(key), valueOf(key + 1)];
      found.push(isNegative ? { low: far, high: near, count } : { low: near, high: far, count });
    }
  }
  return found;
}

/** Values that are zero, or nearer to it than 2^-132. */
export const zerosOf = (all: readonly Bucket[]): number =>
  all.filter(touchesZero).reduce((sum, { count }) => sum + count, 0);

export const touchesZero = ({ low, high }: Bucket): boolean => low === 0 || high === 0;

/** From −∞ to −0, then from 0 to ∞. */
const octavesAscending = [
  ...Array.from({ length: octaves / 2 }, (_, index) => octaves - 1 - index),
  ...Array.from({ length: octaves / 2 }, (_, index) => index),
];

const word = new Uint32Array(1);
const float = new Float32Array(word.buffer);

/** The lowest magnitude of a bucket; what follows the largest float32 is 2^128, which is no float32. */
function valueOf(key: number): number {
  word[0] = key << shift;
  const value = float[0]!;
  return Number.isFinite(value) ? value : Math.sign(value) * 2 ** 128;
}
