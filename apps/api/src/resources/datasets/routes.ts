import { checkDatasetName, stimulusSetManifest } from '@fovea/data';
import {
  findDataset,
  importUpload,
  listDatasets as listRows,
  registerDataset as register,
  removeDataset as remove,
  type DatasetRow,
} from '@fovea/platform';
import type { Routes } from '../../http/routes.ts';
import { keepWaiting, takeUploads, uploadOf, whenGone } from '../../http/upload.ts';
import {
  getDataset,
  listDatasets,
  putDatasetArchive,
  putDatasetObject,
  putStimulusSet,
  registerDataset,
  removeDataset,
} from './contract.ts';
import { present, summarize } from './present.ts';

/** A manifest lists every file that was left out. */
const manifestLimit = 16_000_000;

export const datasetRoutes: Routes = async (app, services) => {
  const { db, store, settings } = services;
  takeUploads(app);

  const presented = async (row: DatasetRow) =>
    present(row, await db.run.count({ where: { datasetDigest: row.digest } }));

  app.route({
    ...listDatasets,
    handler: async () => ({ items: (await listRows(db)).map(summarize) }),
  });

  app.route({
    ...getDataset,
    handler: async (request) => presented(await findDataset(db, request.params.dataset)),
  });

  app.route({
    ...registerDataset,
    bodyLimit: manifestLimit,
    handler: async (request, reply) => {
      const { name, digest } = request.body;
      const known = await db.dataset.findUnique({
        where: { name_digest: { name, digest } },
        select: { id: true },
      });
      const row = await register(services, request.body);
      return reply
        .code(known ? 200 : 201)
        .header('location', `/datasets/${encodeURIComponent(name)}`)
        .send(await presented(row));
    },
  });

  app.route({
    ...putDatasetObject,
    handler: async (request, reply) => {
      const { sha256 } = request.params;
      const known = await store.head(sha256);
      if (known) return reply.code(200).send({ sha256, bytes: known.bytes });
      const upload = uploadOf(request, reply, settings.checkpointLimit);
      const { bytes } = await store.put(upload, { expectedKey: sha256 });
      return reply.code(201).send({ sha256, bytes });
    },
  });

  app.route({
    ...putDatasetArchive,
    handler: async (request, reply) => {
      const { dataset: name } = request.params;
      const upload = uploadOf(request, reply, settings.datasetLimit);
      keepWaiting(request);
      const row = await importUpload(services, upload, { ...request.query, name, signal: whenGone(reply) });
      return reply
        .code(201)
        .header('location', `/datasets/${encodeURIComponent(name)}`)
        .send(await presented(row));
    },
  });

  app.route({
    ...putStimulusSet,
    handler: async (request) => {
      const name = checkDatasetName(request.params.dataset);
      return presented(await register(services, stimulusSetManifest(name, request.body)));
    },
  });

  app.route({
    ...removeDataset,
    handler: async (request, reply) => {
      await remove(services, request.params.dataset);
      return reply.code(204).send(null);
    },
  });
};
