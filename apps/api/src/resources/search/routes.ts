import type { Routes } from '../../http/routes.ts';
import { objectLinks } from '../../object-links.ts';
import { searchUnits } from './contract.ts';
import { findUnits } from './search-units.ts';

export const searchRoutes: Routes = async (app, services) => {
  app.route({
    ...searchUnits,
    handler: (request) => findUnits(services, request.query, objectLinks(services, request)),
  });
};
