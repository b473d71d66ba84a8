import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Services } from '../services.ts';

/** The routes of one resource. */
export type Routes = FastifyPluginAsyncZod<Services>;
