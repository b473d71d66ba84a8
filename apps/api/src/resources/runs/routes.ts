import { createRun as storeRun, requestCancel, requireRun, retryRun, type RunRequest } from '@fovea/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Routes } from '../../http/routes.ts';
import { objectLinks } from '../../object-links.ts';
import { createCancellation, createDuplicate, createRetry, createRun, getRun, listRuns } from './contract.ts';
import { findRuns } from './list.ts';
import { presentRun, summarizeRuns } from './present.ts';

export const runRoutes: Routes = async (app, services) => {
  const { db, owner, codeVersion } = services;

  app.route({
    ...createRun,
    handler: (request, reply) => create(request, reply, request.body, request.headers['idempotency-key']),
  });

  app.route({
    ...listRuns,
    handler: async (request) => {
      const { rows, nextCursor } = await findRuns(db, owner.teamId, request.query);
      return { items: await summarizeRuns(db, rows, objectLinks(services, request)), nextCursor };
    },
  });

  app.route({
    ...getRun,
    handler: async (request) => {
      const run = await requireRun(db, request.params.id);
      return presentRun(db, run, objectLinks(services, request));
    },
  });

  app.route({
    ...createCancellation,
    handler: async (request, reply) => {
      const run = await requestCancel(services, request.params.id);
      return reply.code(202).send(await presentRun(db, run, objectLinks(services, request)));
    },
  });

  app.route({
    ...createRetry,
    handler: async (request, reply) => {
      const run = await retryRun(services, request.params.id);
      return reply.code(202).send(await presentRun(db, run, objectLinks(services, request)));
    },
  });

  app.route({
    ...createDuplicate,
    handler: async (request, reply) => {
      const original = await requireRun(db, request.params.id);
      const { input, seed, priority, title, force } = request.body;
      const changed = {
        kind: original.kind,
        input: { ...(original.input as Record<string, unknown>), ...input },
        seed: seed ?? original.seed,
        priority: priority ?? original.priority,
        title: title ?? original.title,
        parentRunId: original.id,
        force,
      };
      return create(request, reply, changed, request.headers['idempotency-key']);
    },
  });

  async function create(
    request: FastifyRequest,
    reply: FastifyReply,
    wanted: RunRequest,
    idempotencyKey: string | undefined,
  ) {
    const context = { ...owner, codeVersion, idempotencyKey };
    const { run, outcome } = await storeRun(services, wanted, context);
    const presented = await presentRun(db, run, objectLinks(services, request));
    return reply
      .code(outcome === 'created' ? 201 : 200)
      .header('location', `/runs/${run.id}`)
      .send(presented);
  }
};
