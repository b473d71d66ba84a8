/** One route in a process of its own, since a native library that fails may take the process with it. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { FromRoute, RouteOrder, ToRoute } from './messages.ts';

const program = fileURLToPath(new URL('route-main.ts', import.meta.url));

/** The route cannot be taken here; the message says why. */
export class RouteUnavailableError extends Error {
  override readonly name = 'RouteUnavailableError';
}

export interface RouteProcess extends Disposable {
  /** Milliseconds of one step on that many pictures. @throws RouteUnavailableError */
  time(batch: number): Promise<number>;
}

/** @throws RouteUnavailableError */
export async function startRoute(order: RouteOrder): Promise<RouteProcess> {
  // What drivers and TensorFlow write is not for the reader of a table.
  const child = fork(program, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const ask = (message: ToRoute) =>
    new Promise<FromRoute>((resolve, reject) => {
      const died = (code: number | null, signal: string | null) =>
        reject(new RouteUnavailableError(`its process ended with ${signal ?? `exit code ${code}`}`));
      child.once('exit', died);
      child.once('message', (reply: FromRoute) => {
        child.off('exit', died);
        if (reply.type === 'unavailable') reject(new RouteUnavailableError(reply.reason));
        else resolve(reply);
      });
      child.send(message);
    });
  const kill = () => void child.kill();
  try {
    await ask({ type: 'start', order });
    return {
      async time(batch) {
        const reply = await ask({ type: 'time', batch });
        return (reply as FromRoute & { type: 'time' }).milliseconds;
      },
      [Symbol.dispose]: kill,
    };
  } catch (error) {
    kill();
    throw error;
  }
}
