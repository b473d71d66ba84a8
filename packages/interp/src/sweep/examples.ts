/**
 * Which images stand for a unit: those where it is highest, and others drawn at random from bands of its values, since
 * what a unit is highest for is not all that it does ("Curve Detectors", Distill 2020).
 */
import { imageSample } from './image-sample.ts';
import type { LayerSweep } from './layer-sweep.ts';
import type { SweepSettings } from './settings.ts';
import type { TopExample } from './top-examples.ts';

export interface BandSettings {
  /** Quantiles of the images' highest values that part the bands, increasing from 0 to 1. */
  readonly edges: readonly number[];
  /** Images drawn from each band. */
  readonly count: number;
  readonly seed: number;
}

export interface Example extends TopExample {
  /** From 0, the lowest; null for one of the highest. */
  readonly band: number | null;
}

/** The highest first, then band by band from the highest down, each with its highest first. */
export function examplesOf(
  { sample: images }: Pick<SweepSettings, 'sample'>,
  { units, top, sample }: LayerSweep,
  unit: number,
  { edges, count, seed }: BandSettings,
): Example[] {
  const value = (row: number) => sample.maximum[row * units + unit]!;
  const ranked = images.map((_, row) => row).toSorted((a, b) => value(a) - value(b) || a - b);
  const examples = top[unit]!.map((example): Example => ({ ...example, band: null }));
  for (let band = edges.length - 2; band >= 0; band--) {
    const [from, to] = [edges[band]!, edges[band + 1]!].map((share) => Math.ceil(share * ranked.length));
    const drawn = imageSample(to! - from!, count, seed, `examples of unit ${unit} in band ${band}`);
    for (const place of drawn.toReversed()) {
      const row = ranked[from! + place]!;
      const position = sample.position[row * units + unit]!;
      examples.push({ band, value: value(row), image: images[row]!, position });
    }
  }
  return examples;
}
