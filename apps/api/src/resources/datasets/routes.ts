import { PlatformError, type Dataset } from '@fovea/platform';
import type { Routes } from '../../http/routes.ts';
import { getDataset, listDatasets } from './contract.ts';

export const datasetRoutes: Routes = async (app, { db }) => {
  app.route({
    ...listDatasets,
    handler: async () => {
      // The newest row of a name is what the name means.
      const rows = await db.dataset.findMany({
        distinct: ['name'],
        orderBy: [{ name: 'asc' }, { createdAt: 'desc' }],
      });
      return { items: rows.map(present) };
    },
  });

  app.route({
    ...getDataset,
    handler: async (request) => {
      const { name } = request.params;
      const row = await db.dataset.findFirst({ where: { name }, orderBy: { createdAt: 'desc' } });
      if (row) return present(row);
      throw new PlatformError('DATASET_NOT_FOUND', `No dataset is called ${JSON.stringify(name)}`, { name });
    },
  });
};

const present = ({ createdAt, splits, parameters, ...row }: Dataset) => ({
  ...row,
  splits: splits as Record<string, number>,
  parameters: parameters as Record<string, unknown>,
  createdAt: createdAt.toISOString(),
});
