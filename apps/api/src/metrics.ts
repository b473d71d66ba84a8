/** Measurements for Prometheus. */
import { queueDepth, type RunStatus } from '@fovea/platform';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { getMetrics } from './resources/operations/contract.ts';
import type { Services } from './services.ts';

/** Where a service is away: the other measurements are wanted most just then. */
const unknown = Number.NaN;

const statuses = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;

export async function registerMetrics(app: FastifyInstance, services: Services): Promise<void> {
  const register = new Registry();
  collectDefaultMetrics({ register, prefix: 'fovea_api_' });
  measureRequests(app, register);
  measureRuns(register, services);
  app.route({
    ...getMetrics,
    handler: async (_request, reply) => reply.type(register.contentType).send(await register.metrics()),
  });
}

function measureRequests(app: FastifyInstance, register: Registry): void {
  const durations = new Histogram({
    name: 'fovea_http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last of its answer',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [register],
  });
  app.addHook('onResponse', async (request, reply) => {
    // A stream of events lasts as long as its run, which says nothing about the API.
    if (reply.getHeader('content-type')?.toString().startsWith('text/event-stream')) return;
    const route = request.routeOptions.url ?? 'unknown';
    durations.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
  });
}

function measureRuns(register: Registry, { db, queue }: Services): void {
  void new Gauge({
    name: 'fovea_runs',
    help: 'Runs by status',
    labelNames: ['status'] as const,
    registers: [register],
    async collect() {
      const counts = await countRuns(db).catch(() => null);
      for (const status of statuses) this.set({ status }, counts ? (counts.get(status) ?? 0) : unknown);
    },
  });
  void new Gauge({
    name: 'fovea_queue_depth',
    help: 'Deliveries that wait in the queue',
    registers: [register],
    async collect() {
      this.set(await queueDepth(queue).catch(() => unknown));
    },
  });
}

async function countRuns(db: Services['db']): Promise<Map<RunStatus, number>> {
  const rows = await db.run.groupBy({ by: ['status'], _count: true });
  return new Map(rows.map(({ status, _count: count }) => [status, count]));
}
