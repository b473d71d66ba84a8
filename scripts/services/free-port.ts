import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the range from which systems serve outgoing connections, which could take a port before its server does. */
const lowest = 10_000;
const highest = 32_000;

/** The wanted port where it is free on the loopback interface, else a random free one. */
export async function freePort(wanted?: number): Promise<number> {
  if (wanted !== undefined && (await isFree(wanted))) return wanted;
  for (let attempt = 0; attempt < 1_000; attempt++) {
    const port = randomInt(lowest, highest);
    if (await isFree(port)) return port;
  }
  throw new Error(`No free port on 127.0.0.1 from ${lowest} to ${highest}`);
}

/** Whether a server could listen there now. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
