/**
 * What processes tell each other at once, over Postgres LISTEN and NOTIFY: one mechanism whatever the queue
 * runs on. A notification only says "look": the rows are the truth, so a lost one costs time and nothing else.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type Notification } from 'pg';
import { Prisma } from '../../../prisma/generated/client.ts';
import type { Queryable } from './database.ts';
import type { Logger } from './log.ts';

export interface Notices {
  /** A run has new events up to `sequence`, or a new status. */
  run: { runId: string; sequence: number; status: string };
  /** Someone asked a running run to stop. */
  cancel: { runId: string };
  /** A worker came, changed or went. */
  worker: { workerId: string };
}

export type Channel = keyof Notices;
const channels = ['run', 'cancel', 'worker'] as const satisfies readonly Channel[];
const postgresName = (channel: Channel) => `fovea_${channel}`;

/** Inside a transaction the notice is delivered when, and only if, it commits. */
export async function notify<C extends Channel>(
  db: Queryable,
  channel: C,
  notice: Notices[C],
): Promise<void> {
  await db.$executeRaw(Prisma.sql`SELECT pg_notify(${postgresName(channel)}, ${JSON.stringify(notice)})`);
}

export interface Subscriber<C extends Channel> {
  onNotice(notice: Notices[C]): void;
  /** The connection was away and is back: notices may have been missed, so read the rows again. */
  onReconnect?(): void;
}

export interface Notifications {
  /** Returns the function that ends the subscription. */
  subscribe<C extends Channel>(channel: C, subscriber: Subscriber<C>): () => void;
  close(): Promise<void>;
}

const firstDelay = 100;
const longestDelay = 2_000;

/** Listens on a connection of its own, and returns once it does; throws when the server cannot be reached. */
export async function openNotifications(url: string, log: Logger): Promise<Notifications> {
  const subscribers: { [C in Channel]: Set<Subscriber<C>> } = {
    run: new Set(),
    cancel: new Set(),
    worker: new Set(),
  };
  const closing = new AbortController();
  let client = await listen();

  async function listen(): Promise<Client> {
    const fresh = new Client({
      connectionString: url,
      keepAlive: true,
      application_name: 'fovea listener',
    });
    // Without a listener Node would end the process; the `end` that follows starts the reconnection.
    fresh.on('error', (error) => log.warn({ err: error }, 'The connection for notices broke'));
    try {
      await fresh.connect();
      for (const channel of channels) await fresh.query(`LISTEN ${postgresName(channel)}`);
    } catch (error) {
      await fresh.end().catch(() => undefined);
      throw error;
    }
    fresh.on('notification', deliver);
    fresh.once('end', () => void reconnect());
    return fresh;
  }

  function deliver({ channel: name, payload }: Notification): void {
    const channel = channels.find((candidate) => postgresName(candidate) === name);
    if (!channel) return;
    const notice = JSON.parse(payload ?? '{}') as never;
    for (const subscriber of subscribers[channel]) subscriber.onNotice(notice);
  }

  async function reconnect(): Promise<void> {
    for (let delay = firstDelay; !closing.signal.aborted; delay = Math.min(delay * 2, longestDelay)) {
      await sleep(delay, undefined, { signal: closing.signal }).catch(() => undefined);
      if (closing.signal.aborted) return;
      const fresh = await listen().catch(() => undefined);
      if (!fresh) continue;
      if (closing.signal.aborted) return fresh.end();
      client = fresh;
      for (const channel of channels)
        for (const subscriber of subscribers[channel]) subscriber.onReconnect?.();
      return;
    }
  }

  return {
    subscribe(channel, subscriber) {
      subscribers[channel].add(subscriber);
      return () => subscribers[channel].delete(subscriber);
    },
    async close() {
      closing.abort();
      await client.end();
    },
  };
}
