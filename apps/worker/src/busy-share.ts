/** Measures which part of a worker's places was at work, over the time since it was last asked. */
export interface BusyMeter {
  /** Counts the place as busy until the work ends. */
  track<T>(work: Promise<T>): Promise<T>;
  /** 0 to 1, since the last call. */
  read(): number;
}

export function createBusyMeter(places: number): BusyMeter {
  let busy = 0;
  let busyTime = 0;
  let counted = performance.now();
  let asked = counted;

  const count = () => {
    const now = performance.now();
    busyTime += busy * (now - counted);
    counted = now;
  };

  return {
    async track(work) {
      count();
      busy++;
      try {
        return await work;
      } finally {
        count();
        busy--;
      }
    },
    read() {
      count();
      const share = busyTime / (places * (counted - asked) || 1);
      busyTime = 0;
      asked = counted;
      return Math.min(1, share);
    },
  };
}
