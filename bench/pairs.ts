/** Two bodies of work timed in turns, so that whatever else the machine does meets both. */

/** Something to time. */
export interface Body extends AsyncDisposable {
  /** What the times are of, as in "eager, wasm". */
  readonly label: string;
  /** Does the work as often as it takes for a steady time, and resolves with the milliseconds of one. */
  time(): Promise<number>;
}

export interface Comparison {
  readonly ours: number;
  readonly other: number;
  /** The other's time over ours, median of the pairs. */
  readonly ratio: number;
  /** Milliseconds of ours and of the other, in the order in which they were measured. */
  readonly pairs: readonly (readonly [ours: number, other: number])[];
}

export async function compare(ours: Body, other: Body, count: number): Promise<Comparison> {
  const pairs: [number, number][] = [];
  for (let pair = 0; pair < count; pair++) pairs.push([await ours.time(), await other.time()]);
  return {
    ours: median(pairs.map(([time]) => time)),
    other: median(pairs.map(([, time]) => time)),
    ratio: median(pairs.map(([time, otherTime]) => otherTime / time)),
    pairs,
  };
}

/** The mean of the middle two where there is no middle one. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}

/** A body that does its work a number of times; its time is the median. */
export function repeated(
  label: string,
  times: number,
  once: () => Promise<unknown>,
  dispose: () => unknown = () => {},
): Body {
  return {
    label,
    async time() {
      const milliseconds: number[] = [];
      for (let time = 0; time < times; time++) {
        const start = performance.now();
        await once();
        milliseconds.push(performance.now() - start);
      }
      return median(milliseconds);
    },
    async [Symbol.asyncDispose]() {
      await dispose();
    },
  };
}
