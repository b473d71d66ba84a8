import { findLayer, requireUnit } from '@fovea/platform';
import type { Routes } from '../../http/routes.ts';
import { objectLinks } from '../../object-links.ts';
import { readActivationMaps } from './activation-maps.ts';
import { getActivationMaps, getUnit, listUnits } from './contract.ts';
import { listLayerUnits } from './list.ts';
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
      const { model, layer, channel } = request.params;
      const found = await findLayer(db, model, layer);
      requireUnit(found, channel);
      return readUnit(services, found, channel, objectLinks(services, request));
    },
  });

  app.route({
    ...getActivationMaps,
    handler: async (request, reply) => {
      const { model, layer, channel } = request.params;
      const found = await findLayer(db, model, layer);
      requireUnit(found, channel);
      const maps = await readActivationMaps(services, found, channel, request.query);
      return reply.type('application/octet-stream').header('cache-control', 'private, max-age=60').send(maps);
    },
  });
};
