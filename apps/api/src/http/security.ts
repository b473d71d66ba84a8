/** Who may call from where, how often, and what browsers may do with the answers. */
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Redis } from 'ioredis';
import type { Settings } from '../settings.ts';
import { isLoopbackAddress, isLoopbackHost } from './loopback.ts';
import { RequestError } from './problem.ts';

export interface SecurityOptions {
  readonly settings: Settings;
  /** Origin of the dashboard; loopback origins are allowed besides. */
  readonly webOrigin: string | undefined;
  /** Counts requests for all API processes together; without it each counts its own. */
  readonly redis: Redis | undefined;
}

export async function registerSecurity(app: FastifyInstance, options: SecurityOptions): Promise<void> {
  const { settings, redis } = options;
  const allowed = (origin: string) => origin === options.webOrigin || isLoopbackOrigin(origin);

  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    // The dashboard shows pictures from here, and its origin is another.
    crossOriginResourcePolicy: { policy: 'cross-origin' },
  });
  await app.register(cors, {
    origin: (origin, decide) => decide(null, origin !== undefined && allowed(origin)),
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
    exposedHeaders: ['location', 'retry-after', 'content-range', 'etag'],
    maxAge: 600,
  });
  await app.register(rateLimit, {
    max: (request: FastifyRequest) =>
      isLoopbackAddress(request.ip) ? settings.loopbackRateLimit : settings.rateLimit,
    timeWindow: 60_000,
    redis,
    // A Redis that is away must not take the API with it.
    skipOnError: true,
    errorResponseBuilder: (_request, context) =>
      new RequestError(
        429,
        'RATE_LIMITED',
        `More than ${context.max} requests in a minute: try again in ${Math.ceil(context.ttl / 1000)} s`,
      ),
  });

  // A page elsewhere can send simple requests without asking first: it may not change anything here.
  app.addHook('onRequest', async (request) => {
    const { origin } = request.headers;
    const reads = ['GET', 'HEAD', 'OPTIONS'].includes(request.method);
    if (reads || origin === undefined || allowed(origin) || isOwnOrigin(origin, request)) return;
    throw new RequestError(403, 'ORIGIN_REFUSED', `Pages of ${origin} may not change anything here`);
  });
}

function isLoopbackOrigin(origin: string): boolean {
  return URL.canParse(origin) && isLoopbackHost(new URL(origin).hostname);
}

/** The documentation page and the queue board call from the API's own address. */
const isOwnOrigin = (origin: string, request: FastifyRequest) =>
  URL.canParse(origin) && new URL(origin).host === request.host;
