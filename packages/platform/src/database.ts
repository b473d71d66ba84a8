import { PrismaPg } from '@prisma/adapter-pg';
import { Prisma, PrismaClient } from '../../../prisma/generated/client.ts';

/**
 * Byte counts are bigint in Postgres, since weights may pass 2 GiB, and numbers here, since JSON has no
 * bigint and 2^53 bytes is far enough.
 */
const byteCountsAsNumbers = Prisma.defineExtension({
  result: {
    model: {
      checkpointBytes: {
        needs: { checkpointBytes: true },
        compute: ({ checkpointBytes }) => Number(checkpointBytes),
      },
    },
    dataset: { bytes: { needs: { bytes: true }, compute: ({ bytes }) => Number(bytes) } },
    artifact: { bytes: { needs: { bytes: true }, compute: ({ bytes }) => Number(bytes) } },
    checkpoint: { bytes: { needs: { bytes: true }, compute: ({ bytes }) => Number(bytes) } },
  },
});

export interface DatabaseOptions {
  /** Connections held at most. */
  readonly poolSize?: number;
}

/** Connects lazily. End it with `$disconnect()`. */
export const openDatabase = (url: string, options: DatabaseOptions = {}) =>
  new PrismaClient({
    adapter: new PrismaPg({
      connectionString: url,
      max: options.poolSize ?? 10,
      // A restarted server leaves dead sockets behind: notice them in seconds.
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
    }),
    // Many equal requests at once wait for each other's lock, and all of them for a connection.
    transactionOptions: { maxWait: 20_000, timeout: 30_000 },
  }).$extends(byteCountsAsNumbers);

export type Database = ReturnType<typeof openDatabase>;

/** Inside `$transaction(async (transaction) => ...)`. */
export type Transaction = Parameters<Parameters<Database['$transaction']>[0]>[0];

/** Whatever can run a query. */
export type Queryable = Database | Transaction;
