/** Keeps a server of ours running: one that ends by itself is reported and started again, within reason. */
import { setTimeout as sleep } from 'node:timers/promises';
import { logTail, type Child } from '../services/child.ts';

export interface Supervised {
  /** Rejects when the server cannot be kept running. */
  readonly broken: Promise<never>;
  stop(): Promise<void>;
}

const restartsAllowed = 3;
const windowMs = 60_000;

export async function supervise(
  start: () => Promise<Child>,
  say: (line: string) => void,
): Promise<Supervised> {
  let child = await start();
  let stopping = false;
  const restarts: number[] = [];

  async function watch(): Promise<never> {
    for (;;) {
      const end = await child.ended;
      if (stopping) return new Promise<never>(() => {});
      const now = Date.now();
      restarts.push(now);
      const recent = restarts.filter((time) => now - time < windowMs).length;
      const report = `${child.name} ended with ${end}. The end of ${child.logFile}:\n${logTail(child.logFile)}`;
      if (recent > restartsAllowed) throw new Error(`${report}\n${child.name} does not stay up`);
      say(`${report}\nStarting ${child.name} again`);
      await sleep(1_000);
      if (!stopping) child = await start();
      if (stopping) await child.stop();
    }
  }

  const broken = watch();
  broken.catch(() => {}); // Whoever waits for it gets it; nobody has to.
  return {
    broken,
    async stop() {
      stopping = true;
      await child.stop();
    },
  };
}
