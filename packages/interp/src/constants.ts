/** Numbers that the field's tools share. Lucid: https://github.com/tensorflow/lucid */

/** Square root of the colour correlation matrix of ImageNet (Lucid, `color_correlation_svd_sqrt`). */
export const colorCorrelationSqrt = [
  [0.26, 0.09, 0.02],
  [0.27, 0, -0.05],
  [0.27, -0.09, 0.03],
] as const;

/** Largest norm of a column of the matrix above, by which Lucid divides it. */
export const maxColorNorm = Math.max(
  ...[0, 1, 2].map((column) => Math.hypot(...colorCorrelationSqrt.map((row) => row[column]!))),
);

/** Mean colour of ImageNet; added only where colours are decorrelated and clipped instead of squashed. */
export const colorMean = [0.48, 0.46, 0.41] as const;

/** What Lucid multiplies degrees by: it writes 3.14 for π, a rotation smaller by half a thousandth. */
export const radiansPerDegree = 3.14 / 180;

/** The cosine of Lucid's direction objectives: added to norms, and the least that a cosine counts. */
export const cosineEpsilon = 1e-4;
export const cosineFloor = 0.1;

/** Updates during which ReLUs may be redirected. */
export const redirectedReluSteps = 16;
