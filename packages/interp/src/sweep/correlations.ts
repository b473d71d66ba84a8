/** Which units of a layer fire for the same images. */
import type { LayerSweep } from './layer-sweep.ts';

/**
 * Pearson's correlation between the images' highest values of each two units, over the sample: [units, units]. 0 with a
 * unit that never varies, whose own is 0 too.
 */
export function unitCorrelations({ units, sample: { maximum } }: LayerSweep): Float32Array {
  const images = units === 0 ? 0 : maximum.length / units;
  const columns = standardisedColumns(maximum, units, images);
  const correlations = new Float32Array(units * units);
  for (let a = 0; a < units; a++)
    for (let b = a; b < units; b++) {
      let sum = 0;
      for (let image = 0; image < images; image++)
        sum += columns[a * images + image]! * columns[b * images + image]!;
      correlations[a * units + b] = sum;
      correlations[b * units + a] = sum;
    }
  return correlations;
}

/** [units, images], each of mean 0 and length 1, or all zero. */
function standardisedColumns(values: Float32Array, units: number, images: number): Float64Array {
  const columns = new Float64Array(units * images);
  for (let unit = 0; unit < units; unit++) {
    const own = columns.subarray(unit * images, (unit + 1) * images);
    let sum = 0;
    for (let image = 0; image < images; image++) sum += own[image] = values[image * units + unit]!;
    let squares = 0;
    for (let image = 0; image < images; image++) squares += (own[image]! -= sum / images) ** 2;
    // What is left of equal values by rounding is no variation.
    const length = Math.sqrt(squares);
    const scale = length > 1e-6 * Math.abs(sum) ? 1 / length : 0;
    for (let image = 0; image < images; image++) own[image]! *= scale;
  }
  return columns;
}

export interface RelatedUnit {
  readonly unit: number;
  readonly correlation: number;
}

/** The units that fire most alike, and those that fire most otherwise: strongest first, none of correlation 0. */
export function relatedUnits(
  correlations: Float32Array,
  units: number,
  unit: number,
  count: number,
): { readonly alike: RelatedUnit[]; readonly opposed: RelatedUnit[] } {
  const others = Array.from({ length: units }, (_, other) => ({
    unit: other,
    correlation: correlations[unit * units + other]!,
  })).filter((other) => other.unit !== unit);
  const strongest = (sign: 1 | -1) =>
    others
      .filter(({ correlation }) => sign * correlation > 0)
      .toSorted((a, b) => sign * (b.correlation - a.correlation) || a.unit - b.unit)
      .slice(0, count);
  return { alike: strongest(1), opposed: strongest(-1) };
}
