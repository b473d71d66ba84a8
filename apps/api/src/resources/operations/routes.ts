import type { Logger } from '@fovea/platform';
import type { Routes } from '../../http/routes.ts';
import type { Services } from '../../services.ts';
import { getHealth, getReadiness } from './contract.ts';

/** A check that takes longer than this has failed. */
const patience = 3_000;

export const operationRoutes: Routes = async (app, services) => {
  app.route({
    ...getHealth,
    handler: () => ({
      status: 'ok' as const,
      codeVersion: services.codeVersion,
      uptimeSeconds: Math.round(process.uptime()),
    }),
  });

  app.route({
    ...getReadiness,
    handler: async (_request, reply) => {
      const [database, queue, store] = await Promise.all([
        check(services.log, () => askDatabase(services)),
        check(services.log, () => askQueue(services)),
        check(services.log, () => askStore(services)),
      ]);
      const ready = [database, queue, store].every(({ status }) => status === 'up');
      reply.code(ready ? 200 : 503);
      return {
        status: ready ? ('ready' as const) : ('unavailable' as const),
        checks: { database, queue, store },
      };
    },
  });
};

async function askDatabase({ db }: Services): Promise<string> {
  await db.$queryRaw`SELECT 1`;
  return 'Postgres answers';
}

async function askQueue({ queue }: Services): Promise<string> {
  await queue.bull.getWaitingCount();
  return `BullMQ on ${queue.backend} answers`;
}

async function askStore({ store }: Services): Promise<string> {
  await store.head('0'.repeat(64));
  return 'The object store answers';
}

/** Why something is down stays in the log: addresses and accounts are nobody else's business. */
async function check(log: Logger, ask: () => Promise<string>) {
  const start = performance.now();
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('late')), patience);
  try {
    const detail = await Promise.race([ask(), late.promise]);
    return { status: 'up' as const, milliseconds: performance.now() - start, detail };
  } catch (error) {
    log.warn({ err: error }, 'The API is not ready');
    const milliseconds = performance.now() - start;
    return { status: 'down' as const, milliseconds, detail: 'No answer' };
  } finally {
    clearTimeout(timer);
  }
}
