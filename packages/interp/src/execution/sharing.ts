/** How work that repeats is best divided over the cores of a processor. */

/** `spread`: side by side, each on one core. `joined`: one after the other, each on all cores. */
export type Sharing = 'spread' | 'joined';

export interface Calibration {
  readonly sharing: Sharing;
  /** What is done in a second, with all cores at work. */
  readonly perSecond: Readonly<Record<Sharing, number>>;
}

/** One unit of the work; disposed of once the times are taken. */
export interface Unit extends Disposable {
  run(): Promise<unknown>;
}

const rounds = 3;

/**
 * Does the work both ways, in turns, and compares. Takes as long as starting it on each core and once more, and some
 * units of work.
 *
 * @param start the work on that many threads, warm
 */
export async function calibrate(
  start: (threads: number) => Promise<Unit>,
  cores: number,
): Promise<Calibration> {
  using stack = new DisposableStack();
  const joined = stack.use(await start(cores));
  const spread: Unit[] = [];
  for (let core = 0; core < cores; core++) spread.push(stack.use(await start(1)));
  const seconds = { spread: 0, joined: 0 };
  for (let round = 0; round < rounds; round++) {
    seconds.spread += await secondsOf(() => Promise.all(spread.map((unit) => unit.run())));
    seconds.joined += await secondsOf(async () => {
      for (let unit = 0; unit < cores; unit++) await joined.run();
    });
  }
  const units = rounds * cores;
  return {
    sharing: seconds.spread <= seconds.joined ? 'spread' : 'joined',
    perSecond: { spread: units / seconds.spread, joined: units / seconds.joined },
  };
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}
