/** What is said of a unit's responses to stimuli that turn: how it is tuned to orientation, and how sharply. */

export interface TuningCurve {
  /** In degrees, ascending, from 0 on and below the period, evenly spaced. */
  readonly angles: readonly number[];
  /** The response at each. */
  readonly responses: ArrayLike<number>;
}

export interface CurveStatistics {
  /** |Σ a·e^{iθ}| / Σ a, from 0 for none to 1 for a single orientation; θ goes round once in a period. */
  readonly R: number;
  /** Orientation of the strongest response, the first of equal ones; null where the unit never fires. */
  readonly peakDeg: number | null;
  /** The strongest response. */
  readonly peak: number;
  /** Degrees at which the response is at least half the peak. */
  readonly fwhm: number;
  /** Strongest response within 30° of the opposite of the peak (of a period of 360°), over the peak. */
  readonly echo: number;
}

/**
 * Statistics of the articles on curve detectors (Cammarata et al., 2020 and 2021). They are meant for responses that are
 * not negative. Of layers before a ReLU, and of transformers, what lies below zero counts as none, as a ReLU would have
 * it; a unit that never fires has R, width and echo 0.
 */
export function curveStatistics({ angles, responses }: TuningCurve, period: number): CurveStatistics {
  const values = Array.from(responses);
  const peak = values.reduce((most, value) => Math.max(most, value), -Infinity);
  if (!(peak > 0)) return { R: 0, peakDeg: null, peak, fwhm: 0, echo: 0 };
  const peakDeg = angles[values.indexOf(peak)]!;
  const fired = values.map((value) => Math.max(0, value));
  const opposite = fired.filter(
    (_, index) => distance(angles[index]!, peakDeg + period / 2, period) <= (30 * period) / 360,
  );
  return {
    R: resultant(angles, fired, period),
    peakDeg,
    peak,
    fwhm: (fired.filter((value) => value >= peak / 2).length * period) / angles.length,
    echo: Math.max(0, ...opposite) / peak,
  };
}

function resultant(angles: readonly number[], weights: readonly number[], period: number): number {
  let [cosines, sines, sum] = [0, 0, 0];
  for (const [index, weight] of weights.entries()) {
    const turn = (2 * Math.PI * angles[index]!) / period;
    cosines += weight * Math.cos(turn);
    sines += weight * Math.sin(turn);
    sum += weight;
  }
  // Rounding may bring a single orientation to a hair above one.
  return Math.min(1, Math.hypot(cosines, sines) / sum);
}

/** Between two angles, the shorter way round. */
function distance(a: number, b: number, period: number): number {
  const around = Math.abs(a - b) % period;
  return Math.min(around, period - around);
}
