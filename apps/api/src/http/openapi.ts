/** The OpenAPI 3.1 document. */
import swagger from '@fastify/swagger';
import Fastify, { type FastifyInstance } from 'fastify';
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
} from 'fastify-type-provider-zod';
import type { RouteContract } from './contract.ts';
import { tidyComponents } from './openapi-components.ts';

/** Collects the routes that are registered after it. */
export async function registerOpenapi(app: FastifyInstance): Promise<void> {
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Fovea',
        version: '0.1.0',
        description:
          'Interpretability experiments on image models: queue runs, follow them, fetch what they made.',
      },
      tags: [
        { name: 'runs', description: 'Experiments, queued, running and finished' },
        { name: 'artifacts', description: 'What runs made' },
        { name: 'kinds', description: 'Kinds of experiment and the schemas of their input' },
        { name: 'models', description: 'Registered networks and their layers' },
        { name: 'units', description: 'What is known of the channels of a layer' },
        { name: 'annotations', description: 'Notes, tags and comments' },
        { name: 'datasets', description: 'Registered datasets' },
        { name: 'workers', description: 'Who executes the runs' },
        { name: 'operations', description: 'Health and measurements' },
      ],
    },
    transform: jsonSchemaTransform,
    transformObject: (document) => tidyComponents(jsonSchemaTransformObject(document) as never),
  });
}

/** The document that contracts make, with no service behind them. */
export async function describe(contracts: readonly RouteContract[]): Promise<unknown> {
  const app = Fastify();
  await registerOpenapi(app);
  for (const contract of contracts) {
    app.route({ ...contract, schema: { ...contract.schema }, handler: () => undefined });
  }
  await app.ready();
  return app.swagger();
}
