import { estimateRun, validateRequest } from '@fovea/platform';
import type { Routes } from '../../http/routes.ts';
import { createEstimate } from './contract.ts';

export const estimateRoutes: Routes = async (app, { db }) => {
  app.route({
    ...createEstimate,
    handler: async (request) => estimateRun(db, await validateRequest(db, request.body)),
  });
};
