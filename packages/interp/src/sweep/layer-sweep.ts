/** What a sweep has gathered of one layer, in a form that adds up exactly. */
import { addToClass, emptyClassSums, mergeClassSums, type ClassSums } from './class-means.ts';
import { NonFiniteActivationError } from './errors.ts';
import { addTo, mergeInto, type ExactSum } from './exact-sum.ts';
import { countValues, emptyHistogram, mergeHistogram, type FloatHistogram } from './float-histogram.ts';
import type { SweepSettings } from './settings.ts';
import { keepExample, type TopExample } from './top-examples.ts';
import { unitMoments } from './unit-moments.ts';
import type { ImageBatch, UnitsPlace } from './unit-values.ts';

export interface LayerSweep extends UnitsPlace {
  /** Sums of the values to the powers 1 to 4, [4][units]. */
  readonly powers: readonly (readonly ExactSum[])[];
  /** [units], as the next. */
  readonly minimum: Float32Array;
  readonly maximum: Float32Array;
  readonly histogram: FloatHistogram;
  readonly top: readonly TopExample[][];
  readonly sample: SampledImages;
  /** Of the means over positions. */
  readonly classes: ClassSums;
}

/** [sample, units]: what each unit did on some images of the data set, each by itself. */
export interface SampledImages {
  readonly maximum: Float32Array;
  /** Of the maximum. */
  readonly position: Uint32Array;
  readonly mean: Float32Array;
}

export function emptyLayerSweep(place: UnitsPlace, { sample, classes }: SweepSettings): LayerSweep {
  const { units } = place;
  const lists = <T>() => Array.from({ length: units }, (): T[] => []);
  return {
    ...place,
    powers: Array.from({ length: 4 }, () => lists<number>()),
    minimum: new Float32Array(units).fill(Infinity),
    maximum: new Float32Array(units).fill(-Infinity),
    histogram: emptyHistogram(units),
    top: lists(),
    sample: {
      maximum: new Float32Array(sample.length * units),
      position: new Uint32Array(sample.length * units),
      mean: new Float32Array(sample.length * units),
    },
    classes: emptyClassSums(units, classes),
  };
}

/**
 * @param values [images, units, positions]
 * @param rowOf place in the sample of an image that belongs to it
 * @throws NonFiniteActivationError
 */
export function addBatch(
  into: LayerSweep,
  values: Float32Array,
  { indices, labels }: ImageBatch,
  { top, rowOf }: { readonly top: number; readonly rowOf: ReadonlyMap<number, number> },
): void {
  const { units, positions } = into;
  for (const [place, image] of indices.entries()) {
    const label = labels?.[place] ?? null;
    if (label !== null) into.classes.images[label]! += 1;
    for (let unit = 0; unit < units; unit++) {
      const start = (place * units + unit) * positions;
      const own = values.subarray(start, start + positions);
      addImage(into, unit, own, { image, label, row: rowOf.get(image), top });
    }
  }
}

interface ImagePlace {
  readonly image: number;
  readonly label: number | null;
  /** In the sample, if it belongs there. */
  readonly row: number | undefined;
  readonly top: number;
}

function addImage(
  into: LayerSweep,
  unit: number,
  values: Float32Array,
  { image, label, row, top }: ImagePlace,
): void {
  const { powers, minimum, maximum, position } = unitMoments(values);
  if (!Number.isFinite(powers[3])) throw new NonFiniteActivationError(into.layer, unit, image);
  for (const [power, sum] of powers.entries()) addTo(into.powers[power]![unit]!, sum);
  into.minimum[unit] = Math.min(into.minimum[unit]!, minimum);
  into.maximum[unit] = Math.max(into.maximum[unit]!, maximum);
  countValues(into.histogram, unit, values);
  keepExample(into.top[unit]!, { value: maximum, image, position }, top);
  const mean = powers[0] / values.length;
  if (label !== null) addToClass(into.classes, unit, label, mean);
  if (row === undefined) return;
  const cell = row * into.units + unit;
  into.sample.maximum[cell] = maximum;
  into.sample.position[cell] = position;
  into.sample.mean[cell] = mean;
}

/**
 * Adds what another sweep gathered of the same layer on other images.
 * @param rows of the sample that the other has
 */
export function mergeLayer(into: LayerSweep, other: LayerSweep, top: number, rows: readonly number[]): void {
  const { units } = into;
  for (let unit = 0; unit < units; unit++) {
    for (const [power, sums] of into.powers.entries()) mergeInto(sums[unit]!, other.powers[power]![unit]!);
    into.minimum[unit] = Math.min(into.minimum[unit]!, other.minimum[unit]!);
    into.maximum[unit] = Math.max(into.maximum[unit]!, other.maximum[unit]!);
    for (const example of other.top[unit]!) keepExample(into.top[unit]!, example, top);
  }
  mergeHistogram(into.histogram, other.histogram);
  mergeClassSums(into.classes, other.classes);
  for (const name of ['maximum', 'position', 'mean'] as const)
    for (const row of rows)
      into.sample[name].set(other.sample[name].subarray(row * units, (row + 1) * units), row * units);
}
