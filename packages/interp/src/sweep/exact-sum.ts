/**
 * Sums without rounding, so that neither the order of the terms nor how they are grouped matters (Shewchuk, "Adaptive
 * Precision Floating-Point Arithmetic and Fast Robust Geometric Predicates", 1997, as in Python's `math.fsum`).
 */

/** Numbers that do not overlap, smallest first; the exact sum is theirs. */
export type ExactSum = number[];

export function addTo(sum: ExactSum, term: number): void {
  let rest = term;
  let kept = 0;
  for (const part of sum) {
    const [large, small] = Math.abs(rest) < Math.abs(part) ? [part, rest] : [rest, part];
    rest = large + small;
    const lost = small - (rest - large);
    if (lost !== 0) sum[kept++] = lost;
  }
  sum.length = kept;
  sum.push(rest);
}

export function mergeInto(sum: ExactSum, other: Readonly<ExactSum>): void {
  for (const part of other) addTo(sum, part);
}

/** The float64 nearest to the exact sum, halves to even. */
export function roundedSum(sum: Readonly<ExactSum>): number {
  let index = sum.length - 1;
  if (index < 0) return 0;
  let rounded = sum[index]!;
  let lost = 0;
  while (index > 0 && lost === 0) {
    const part = sum[--index]!;
    const larger = rounded + part;
    lost = part - (larger - rounded);
    rounded = larger;
  }
  // What is below decides a tie.
  if (index > 0 && Math.sign(lost) === Math.sign(sum[index - 1]!)) {
    const moved = rounded + 2 * lost;
    if (moved - rounded === 2 * lost) rounded = moved;
  }
  return rounded;
}

/** The one form of a sum that does not tell in which order its terms came. */
export function canonicalSum(sum: Readonly<ExactSum>): ExactSum {
  const rest = [...sum];
  const parts: ExactSum = [];
  for (let part = roundedSum(rest); part !== 0; part = roundedSum(rest)) {
    parts.unshift(part);
    addTo(rest, -part);
  }
  return parts;
}
