import type { CurveStatistics } from './curve-statistics.ts';

/**
 * R of each unit of a layer, times its peak over the layer's median peak where that is below one. R alone knows no
 * strength: a unit that fires faintly at a single orientation has the R of a perfect detector, and such units would stand
 * above all curve detectors. Units that never fire have 0 and do not count for the median.
 */
export function selectivities(statistics: readonly Pick<CurveStatistics, 'R' | 'peak'>[]): number[] {
  const peaks = statistics.map(({ peak }) => peak).filter((peak) => peak > 0);
  const median = peaks.toSorted((a, b) => a - b)[Math.floor(peaks.length / 2)];
  return statistics.map(({ R, peak }) => (peak > 0 ? R * Math.min(1, peak / median!) : 0));
}
