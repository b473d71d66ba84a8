/** Everything that a server process needs of the outside world, opened from one configuration. */
import type { Config } from './config.ts';
import { codeVersion } from './code-version.ts';
import { openDatabase, type Database } from './database.ts';
import { createLogger, type Logger } from './log.ts';
import { openNotifications, type Notifications } from './notifications.ts';
import type { ObjectStore } from './objects/object-store.ts';
import { openObjectStore } from './objects/open-object-store.ts';
import { openQueue, type RunQueue } from './queue.ts';

export interface Platform {
  readonly config: Config;
  readonly db: Database;
  readonly store: ObjectStore;
  readonly queue: RunQueue;
  readonly notifications: Notifications;
  readonly log: Logger;
  readonly codeVersion: string;
  close(): Promise<void>;
}

/** `name` says which process speaks in the log: api, worker. */
export async function openPlatform(config: Config, name: string): Promise<Platform> {
  const log = createLogger(name, config.logLevel);
  const db = openDatabase(config.databaseUrl);
  const notifications = await openNotifications(config.databaseUrl, log);
  const queue = openQueue(config.queue, log);
  return {
    config,
    db,
    store: openObjectStore(config),
    queue,
    notifications,
    log,
    codeVersion: await codeVersion(),
    async close() {
      await Promise.all([queue.close(), notifications.close()]);
      await db.$disconnect();
    },
  };
}
