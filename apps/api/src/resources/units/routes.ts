import { findLayer, requireUnit } from '@fovea/platform';
import type { FastifyReply } from 'fastify';
import type { Routes } from '../../http/routes.ts';
import { objectLinks } from '../../object-links.ts';
import { readActivationMaps } from './activation-maps.ts';
import { unitArchive } from './archive.ts';
import {
  getActivationMaps,
  getUnit,
  getUnitArchive,
  getUnitTable,
  listExpandedWeights,
  listUnitExamples,
  listUnits,
} from './contract.ts';
import { readExamples } from './examples.ts';
import { readExpandedWeights } from './expanded-weights.ts';
import { listLayerUnits } from './list.ts';
import { tableOf } from './tables.ts';
import { readUnit } from './unit.ts';

export const unitRoutes: Routes = async (app, services) => {
  const { db, owner } = services;

  app.route({
    ...listUnits,
    handler: async (request) => {
      const { model, layer } = request.params;
      const found = await findLayer(db, model, layer);
      requireUnit(found, 0);
      return listLayerUnits(db, owner.teamId, found, request.query, objectLinks(services, request));
    },
  });

  app.route({
    ...getUnit,
    handler: async (request) => {
      const { found, channel } = await findUnit(request.params);
      return readUnit(services, found, channel, objectLinks(services, request));
    },
  });

  app.route({
    ...getActivationMaps,
    handler: async (request, reply) => {
      const { found, channel } = await findUnit(request.params);
      const maps = await readActivationMaps(services, found, channel, request.query);
      return reply.type('application/octet-stream').header('cache-control', 'private, max-age=60').send(maps);
    },
  });

  app.route({
    ...listUnitExamples,
    handler: async (request) => {
      const { found, channel } = await findUnit(request.params);
      return { items: await readExamples(services, found, channel) };
    },
  });

  app.route({
    ...getUnitTable,
    handler: async (request, reply) => {
      const { found, channel } = await findUnit(request.params);
      const { table } = request.params;
      const unit = await readUnit(services, found, channel, objectLinks(services, request));
      const examples = await readExamples(services, found, channel);
      return download(reply, 'text/csv; charset=utf-8', `${nameOf(unit)}-${table}.csv`).send(
        tableOf(table, { unit, examples }),
      );
    },
  });

  app.route({
    ...getUnitArchive,
    handler: async (request, reply) => {
      const { found, channel } = await findUnit(request.params);
      const archive = await unitArchive(services, found, channel);
      const name = nameOf({ model: found.model.name, layer: found.layer, channel });
      return download(reply, 'application/zip', `${name}.zip`).send(archive);
    },
  });

  app.route({
    ...listExpandedWeights,
    handler: async (request) => {
      const { model, layer } = request.params;
      const found = await findLayer(db, model, layer);
      return { items: await readExpandedWeights(db, owner.teamId, found, request.query.channel) };
    },
  });

  async function findUnit({ model, layer, channel }: { model: string; layer: string; channel: number }) {
    const found = await findLayer(db, model, layer);
    requireUnit(found, channel);
    return { found, channel };
  }
};

const nameOf = ({ model, layer, channel }: { model: string; layer: { name: string }; channel: number }) =>
  `${model}-${layer.name}-${channel}`.replaceAll('/', '-');

const download = (reply: FastifyReply, mediaType: string, fileName: string): FastifyReply =>
  reply
    .type(mediaType)
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`);
