/** What a patch does to the logits. Float64; logits of one image, in any order of classes. */

/** Of the patched network, given what it does on the clean and on the corrupt image without a patch. */
export type PatchMetric = (patched: ArrayLike<number>, plain: PlainValues) => number;

export interface PlainValues {
  readonly clean: ArrayLike<number>;
  readonly corrupt: ArrayLike<number>;
}

/** How much one class is ahead of another: linear in the logits, and blind to what moves all of them. */
export function logitDifference(of: number, over: number): PatchMetric {
  return (logits) => logits[of]! - logits[over]!;
}

/** Probability of a class less that on the corrupt image. */
export function probabilityChange(of: number): PatchMetric {
  return (logits, { corrupt }) =>
    Math.exp(logProbabilities(logits)[of]!) - Math.exp(logProbabilities(corrupt)[of]!);
}

/** KL(clean ‖ patched) in nats: 0 where the patch restores what the network says of the clean image. */
export const divergenceFromClean: PatchMetric = (logits, { clean }) => {
  const [reference, patched] = [logProbabilities(clean), logProbabilities(logits)];
  return reference.reduce((sum, log, index) => sum + Math.exp(log) * (log - patched[index]!), 0);
};

/**
 * (patched − corrupt) / (clean − corrupt): 0 where the network does what it does on the corrupt image, 1 on the clean.
 * @throws EqualPairError where the metric does not tell the images apart
 */
export function normalized(metric: PatchMetric): PatchMetric {
  return (patched, plain) => {
    const [clean, corrupt] = [metric(plain.clean, plain), metric(plain.corrupt, plain)];
    if (clean === corrupt) throw new EqualPairError(clean);
    return (metric(patched, plain) - corrupt) / (clean - corrupt);
  };
}

export class EqualPairError extends Error {
  constructor(value: number) {
    super(
      `The metric is ${value} on the clean and on the corrupt image: there is nothing that a patch could restore. Take images that differ in it.`,
    );
    this.name = 'EqualPairError';
  }
}

function logProbabilities(logits: ArrayLike<number>): number[] {
  const values = Array.from(logits);
  const largest = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const total = values.reduce((sum, value) => sum + Math.exp(value - largest), 0);
  return values.map((value) => value - largest - Math.log(total));
}
