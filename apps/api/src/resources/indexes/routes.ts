import {
  cancelIndex,
  createIndex as beginIndex,
  findLayer,
  pauseIndex,
  previewIndex,
  raiseInterest,
  requireIndex,
  requireUnit,
  resumeIndex,
} from '@fovea/platform';
import type { Routes } from '../../http/routes.ts';
import {
  createIndex,
  createIndexCancellation,
  createIndexEstimate,
  createIndexPause,
  createIndexResumption,
  createUnitInterest,
  getIndex,
  listIndexes,
} from './contract.ts';
import { presentIndex, presentPreview, summarizeIndex } from './present.ts';

export const indexRoutes: Routes = async (app, services) => {
  const { db, owner, codeVersion } = services;
  const context = { ...owner, codeVersion };

  app.route({
    ...createIndexEstimate,
    handler: async (request) => presentPreview(await previewIndex(db, request.body, context)),
  });

  app.route({
    ...createIndex,
    handler: async (request, reply) => {
      const index = await beginIndex(services, request.body, context);
      return reply
        .code(201)
        .header('location', `/indexes/${index.id}`)
        .send(await presentIndex(db, index));
    },
  });

  app.route({
    ...listIndexes,
    handler: async (request) => {
      const { model, limit } = request.query;
      const rows = await db.index.findMany({
        where: { teamId: owner.teamId, ...(model === undefined ? {} : { model: { name: model } }) },
        orderBy: { id: 'desc' },
        take: limit,
      });
      return { items: await Promise.all(rows.map((row) => summarizeIndex(db, row))) };
    },
  });

  app.route({
    ...getIndex,
    handler: async (request) => presentIndex(db, await requireIndex(db, request.params.id)),
  });

  app.route({
    ...createIndexPause,
    handler: async (request) => presentIndex(db, await pauseIndex(services, request.params.id)),
  });

  app.route({
    ...createIndexResumption,
    handler: async (request) => presentIndex(db, await resumeIndex(services, request.params.id)),
  });

  app.route({
    ...createIndexCancellation,
    handler: async (request) => presentIndex(db, await cancelIndex(services, request.params.id)),
  });

  app.route({
    ...createUnitInterest,
    handler: async (request) => {
      const { model, layer, channel } = request.params;
      const found = await findLayer(db, model, layer);
      requireUnit(found, channel);
      return { state: await raiseInterest(services, owner, found, channel) };
    },
  });
};
