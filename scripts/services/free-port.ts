import { createServer } from 'node:net';

/** The wanted port where it is free on the loopback interface, else one that the system picks. */
export async function freePort(wanted?: number): Promise<number> {
  if (wanted !== undefined && (await listenOnce(wanted)) !== null) return wanted;
  const port = await listenOnce(0);
  if (port === null) throw new Error('This machine has no free port on 127.0.0.1');
  return port;
}

/** Whether a server could listen there now. */
export async function isFree(port: number): Promise<boolean> {
  return (await listenOnce(port)) !== null;
}

function listenOnce(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      const listening = typeof address === 'object' && address ? address.port : null;
      server.close(() => resolve(listening));
    });
  });
}
