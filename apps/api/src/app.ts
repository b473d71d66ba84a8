/** The API as one fastify instance, ready to listen or to be injected into. */
import { fastifySSE } from '@fastify/sse';
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { registerAdmin } from './admin.ts';
import { registerDocumentation } from './http/documentation.ts';
import { registerNesting } from './http/nesting.ts';
import { registerOpenapi } from './http/openapi.ts';
import { registerProblems } from './http/problem.ts';
import { registerSecurity } from './http/security.ts';
import { registerStorableText } from './http/storable-text.ts';
import { registerMetrics } from './metrics.ts';
import { annotationRoutes } from './resources/annotations/routes.ts';
import { artifactRoutes } from './resources/artifacts/routes.ts';
import { checkpointRoutes } from './resources/checkpoints/routes.ts';
import { datasetImageRoutes } from './resources/datasets/image-routes.ts';
import { circuitRoutes } from './resources/circuits/routes.ts';
import { datasetRoutes } from './resources/datasets/routes.ts';
import { estimateRoutes } from './resources/estimates/routes.ts';
import { eventRoutes } from './resources/events/routes.ts';
import { imageRoutes } from './resources/images/routes.ts';
import { indexRoutes } from './resources/indexes/routes.ts';
import { kindRoutes } from './resources/kinds/routes.ts';
import { layerRoutes } from './resources/layers/routes.ts';
import { modelRoutes } from './resources/models/routes.ts';
import { objectRoutes } from './resources/objects/routes.ts';
import { operationRoutes } from './resources/operations/routes.ts';
import { runRoutes } from './resources/runs/routes.ts';
import { searchRoutes } from './resources/search/routes.ts';
import { unitRoutes } from './resources/units/routes.ts';
import { workerRoutes } from './resources/workers/routes.ts';
import type { Services } from './services.ts';

const resources = [
  runRoutes,
  eventRoutes,
  artifactRoutes,
  objectRoutes,
  imageRoutes,
  estimateRoutes,
  indexRoutes,
  kindRoutes,
  modelRoutes,
  layerRoutes,
  unitRoutes,
  circuitRoutes,
  searchRoutes,
  annotationRoutes,
  checkpointRoutes,
  datasetRoutes,
  datasetImageRoutes,
  workerRoutes,
  operationRoutes,
];

/** Slow uploads may take this long; an idle connection is cut earlier, and streams of events beat in between. */
const requestTimeout = 600_000;
const connectionTimeout = 120_000;
const heartbeatInterval = 15_000;

export async function buildApp(services: Services): Promise<FastifyInstance> {
  const { settings, config, redis } = services;
  const loggerInstance: FastifyBaseLogger = services.log;
  const app = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: settings.bodyLimit,
    requestTimeout,
    connectionTimeout,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 300 },
  });
  registerProblems(app);
  await registerOpenapi(app);
  await registerSecurity(app, { settings, redis, webOrigin: config.webOrigin });
  registerNesting(app);
  registerStorableText(app);
  await registerMetrics(app, services);
  await registerDocumentation(app);
  await registerAdmin(app, services.queue, settings.adminToken);
  await app.register(fastifySSE, { heartbeatInterval });
  for (const routes of resources) await app.register(routes, services);
  return app;
}
