'use client';
import type { WeightFactors } from '@fovea/experiments/schema';
import { Pixels } from './pixels.tsx';

interface FactorTileProps {
  label: string;
  factors: Pick<WeightFactors, 'height' | 'width' | 'maps'>;
  /** Which weights: those that excite or those that inhibit. */
  sign: 1 | -1;
  className?: string;
}

/** Where the three factors of a unit's weights are: one is red, one green, one blue, and none is black. */
export function FactorTile({ label, factors: { height, width, maps }, sign, className }: FactorTileProps) {
  const largest = Math.max(...maps.flat().map(Math.abs));
  const part = (index: number) =>
    maps.map((map) => Math.round((255 * Math.max(0, sign * map[index]!)) / (largest || 1)));
  return (
    <Pixels
      label={label}
      width={width}
      height={height}
      colorOf={(index) => part(index) as [number, number, number]}
      deps={[maps, sign]}
      className={className}
    />
  );
}
