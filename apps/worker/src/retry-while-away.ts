import { isPlatformError, type Logger } from '@fovea/platform';
import pRetry from 'p-retry';

/**
 * Repeats what a database or store that is away for a moment made fail: a restarted one is back in seconds. What the
 * platform refuses, such as a lost claim or a full disk, does not mend by waiting.
 */
export const retryWhileAway = <T>(work: () => Promise<T>, log: Logger): Promise<T> =>
  pRetry(work, {
    shouldRetry: ({ error }) => !isPlatformError(error),
    onFailedAttempt: ({ error }) => log.warn({ err: error }, 'A run waits for the database or the store'),
    retries: 8,
    minTimeout: 100,
    maxTimeout: 5_000,
  });
