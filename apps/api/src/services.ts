/** What the routes work with. */
import {
  ensureLocalOwner,
  openDatasets,
  openObjectStore,
  type OpenDatasets,
  type Owner,
  type Platform,
} from '@fovea/platform';
import { Redis } from 'ioredis';
import type { Settings } from './settings.ts';

export interface Services extends Platform {
  readonly settings: Settings;
  /** Counts requests for all API processes together; undefined where there is no Redis. */
  readonly redis: Redis | undefined;
  /** Opens datasets whose images are read here. */
  readonly openDataset: OpenDatasets;
  /** Who every run belongs to as long as there are no accounts. */
  readonly owner: Owner;
}

/** Closing these closes the platform. */
export async function openServices(platform: Platform, settings: Settings): Promise<Services> {
  const { config, db, log } = platform;
  const redis = config.queue.backend === 'redis' ? openRedis(config.queue) : undefined;
  redis?.on('error', (error) => log.warn({ err: error }, 'Requests are counted by this process alone'));
  // Links begin with a slash, and are completed with the address that a request came to.
  const store = openObjectStore({ ...config, apiUrl: '' });
  return {
    ...platform,
    store,
    settings,
    openDataset: openDatasets({ db, store }),
    redis,
    owner: await ensureLocalOwner(db),
    async close() {
      redis?.disconnect();
      await platform.close();
    },
  };
}

/**
 * Counting must not hold up a request: without an answer at once there is none. Installations that share a Redis server
 * count apart.
 */
const openRedis = ({ url, prefix }: { url: string; prefix: string }) =>
  new Redis(url, { keyPrefix: `${prefix}:`, enableOfflineQueue: false, maxRetriesPerRequest: 0 });
