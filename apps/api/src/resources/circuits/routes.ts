import { findModel } from '@fovea/platform';
import type { Routes } from '../../http/routes.ts';
import { objectLinks } from '../../object-links.ts';
import {
  createCircuit,
  deleteCircuit,
  findCircuit,
  getCircuit,
  listCircuits,
  putCircuit,
} from './contract.ts';
import { findCircuitAmong } from './find-circuit.ts';
import { changeCircuit, listSaved, readCircuit, removeCircuit, saveCircuit } from './saved.ts';

export const circuitRoutes: Routes = async (app, services) => {
  app.route({
    ...findCircuit,
    handler: async (request) => {
      const { unit, neighbours } = request.query;
      const model = await findModel(services.db, request.params.model);
      return findCircuitAmong(services, model, unit, neighbours, objectLinks(services, request));
    },
  });

  app.route({
    ...listCircuits,
    handler: (request) => listSaved(services, request.query, objectLinks(services, request)),
  });

  app.route({
    ...createCircuit,
    handler: async (request, reply) => {
      const { model, ...content } = request.body;
      const circuit = await saveCircuit(services, model, content, objectLinks(services, request));
      return reply.code(201).header('location', `/circuits/${circuit.id}`).send(circuit);
    },
  });

  app.route({
    ...getCircuit,
    handler: (request) => readCircuit(services, request.params.id, objectLinks(services, request)),
  });

  app.route({
    ...putCircuit,
    handler: (request) =>
      changeCircuit(services, request.params.id, request.body, objectLinks(services, request)),
  });

  app.route({
    ...deleteCircuit,
    handler: async (request, reply) => {
      await removeCircuit(services, request.params.id);
      return reply.code(204).send();
    },
  });
};
