/** The events of a run as they come. */
import { createEventSource } from 'eventsource-client';
import { asProblem, ProblemError } from './client.ts';
import type { RunEvent, RunStatus } from './generated/openapi.ts';

export interface FollowOptions {
  /** Only events of a greater sequence; 0 for all. */
  readonly after?: number;
  readonly signal?: AbortSignal;
  readonly fetch?: typeof globalThis.fetch;
}

const finished: ReadonlySet<RunStatus> = new Set(['succeeded', 'failed', 'cancelled']);

export const isFinished = (status: RunStatus): boolean => finished.has(status);

/**
 * Yields each event once and in order, through lost connections and restarts of the server, and ends after the last
 * event of a finished run or when the signal aborts: a run that was tried again has finished more than once. Throws
 * ProblemError when the server refuses.
 */
export async function* followRun(
  baseUrl: string,
  runId: string,
  options: FollowOptions = {},
): AsyncGenerator<RunEvent, void> {
  const { after = 0, signal, fetch = globalThis.fetch } = options;
  let refusal: ProblemError | undefined;
  const source = createEventSource({
    url: new URL(`runs/${runId}/events`, baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`),
    initialLastEventId: after > 0 ? String(after) : undefined,
    fetch: async (url, init) => {
      const response = await fetch(url, init);
      // A server that is starting or overloaded is worth another try; one that refuses is not.
      if (response.ok) return response;
      const body: unknown = await response.json().catch(() => undefined);
      const problem = new ProblemError(asProblem(body, response));
      if (response.status < 500 && response.status !== 429) {
        refusal = problem;
        source.close();
      }
      throw problem;
    },
  });
  const close = () => source.close();
  signal?.addEventListener('abort', close, { once: true });
  if (signal?.aborted) close();
  try {
    for await (const message of source) {
      if (message.event === 'end') return;
      yield JSON.parse(message.data) as RunEvent;
    }
    if (refusal) throw refusal;
  } finally {
    signal?.removeEventListener('abort', close);
    close();
  }
}
