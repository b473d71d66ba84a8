import { Worker } from 'node:worker_threads';
import { CompileError, RuntimeUnavailableError } from '../errors.ts';
import type { Answer, Answers, Call, Reply, Request } from './messages.ts';

interface Pending {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

/** A thread that holds sessions of onnxruntime and runs one of them at a time. */
export class SessionThread {
  readonly #worker = new Worker(new URL('session-thread-main.ts', import.meta.url));
  readonly #pending = new Map<number, Pending>();
  #asked = 0;

  constructor() {
    // Only work that is under way keeps the process alive.
    this.#worker.unref();
    this.#worker.on('message', (reply: Reply) => this.#settle(reply));
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', () => this.#fail(new CompileError('The thread of onnxruntime has ended')));
  }

  /** Sessions that live here. */
  sessions = 0;

  ask<R extends Request>(request: R): Promise<Answers[R['task']]> {
    const id = this.#asked++;
    this.#worker.ref();
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve: resolve as Pending['resolve'], reject });
      this.#worker.postMessage({ id, request } satisfies Call);
    });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #settle(reply: Reply): void {
    const pending = this.#pending.get(reply.id)!;
    this.#pending.delete(reply.id);
    if (this.#pending.size === 0) this.#worker.unref();
    if ('answer' in reply) pending.resolve(reply.answer);
    else
      pending.reject(
        reply.isUnavailable ? new RuntimeUnavailableError(reply.error) : new CompileError(reply.error),
      );
  }

  #fail(error: Error): void {
    for (const pending of this.#pending.values()) pending.reject(error);
    this.#pending.clear();
  }
}

/** Least busy first; a new thread where all have sessions already and the machine has a core for it. */
const threads: SessionThread[] = [];

export function leastBusyThread(most: number): SessionThread {
  const least = threads.toSorted((a, b) => a.sessions - b.sessions)[0];
  if (least && (least.sessions === 0 || threads.length >= most)) return least;
  const made = new SessionThread();
  threads.push(made);
  return made;
}
