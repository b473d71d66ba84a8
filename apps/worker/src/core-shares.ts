/** Divides the cores of a worker among its runs. */
import type { Sharing } from '@fovea/experiments';
import { Semaphore } from 'async-mutex';

/** What one run may use, until it gives it back. */
export interface CoreShare {
  readonly threads: number;
  /** Whether the run is to find out how runs like it are best divided. */
  readonly calibrate: boolean;
  giveBack(): void;
}

export interface CoreShares {
  /**
   * Resolves when there is room. A run that is alone gets all cores. Among others it gets one place, where that is
   * known to be best for its shape, else all cores, so that it can be measured undisturbed.
   */
  take(shape: string): Promise<CoreShare>;
}

/** @param sharingOf what is known of a shape */
export function divideCores(
  { cores, places }: { readonly cores: number; readonly places: number },
  sharingOf: (shape: string) => Sharing | undefined,
): CoreShares {
  const free = new Semaphore(places);
  let present = 0;
  return {
    async take(shape) {
      const isAlone = present === 0;
      present++;
      const asked = !isAlone && sharingOf(shape) === 'spread' ? 1 : places;
      await free.acquire(asked);
      // Those before it may have found out meanwhile.
      const known = sharingOf(shape);
      const taken = !isAlone && known === 'spread' ? 1 : asked;
      if (taken < asked) free.release(asked - taken);
      return {
        threads: Math.max(1, Math.floor((cores * taken) / places)),
        calibrate: places > 1 && !isAlone && known === undefined,
        giveBack() {
          present--;
          free.release(taken);
        },
      };
    },
  };
}
