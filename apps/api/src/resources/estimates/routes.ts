import { validateRequest } from '@fovea/platform';
import type { Routes } from '../../http/routes.ts';
import { createEstimate } from './contract.ts';
import { estimate } from './estimate.ts';

export const estimateRoutes: Routes = async (app, { db }) => {
  app.route({
    ...createEstimate,
    handler: async (request) => estimate(db, await validateRequest(db, request.body)),
  });
};
