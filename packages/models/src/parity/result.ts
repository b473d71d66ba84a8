/** What a comparison with a reference found. */

export interface ParityRow {
  /** A layer or output of the reference, or what was computed of one. */
  readonly tensor: string;
  /** Largest absolute difference, as a share of the reference's largest magnitude; NaN if there is none. */
  readonly deviation: number;
  /** The largest deviation that rounding explains. */
  readonly tolerance: number;
  readonly passed: boolean;
  /** Why it could not be compared. */
  readonly problem?: string;
}

export interface ParityResult {
  /** What was compared: the file's architecture and what computed it, and with which variant of ours. */
  readonly title: string;
  readonly rows: readonly ParityRow[];
  readonly passed: number;
  readonly failed: number;
}

export const activationTolerance = 1e-4;
export const gradientTolerance = 1e-3;

export function parityResult(title: string, rows: readonly ParityRow[]): ParityResult {
  const passed = rows.filter((row) => row.passed).length;
  return { title, rows, passed, failed: rows.length - passed };
}

export function row(tensor: string, deviation: number, tolerance: number): ParityRow {
  return { tensor, deviation, tolerance, passed: deviation <= tolerance };
}

export function problemRow(tensor: string, problem: string): ParityRow {
  return { tensor, deviation: NaN, tolerance: 0, passed: false, problem };
}
