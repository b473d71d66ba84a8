import {
  findArchitecture,
  findVariant,
  modelDigest,
  ModelError,
  UnknownVariantError,
  type Manifest,
} from '@fovea/models';
import { findModel, registerModel as storeModel } from '@fovea/platform';
import { RequestError } from '../../http/problem.ts';
import type { Routes } from '../../http/routes.ts';
import { getModel, listLayers, listModels, registerModel } from './contract.ts';
import { present, presentLayer, summarize } from './present.ts';

export const modelRoutes: Routes = async (app, services) => {
  const { db } = services;

  app.route({
    ...listModels,
    handler: async () => {
      // The newest row of a name is what the name means.
      const rows = await db.model.findMany({
        distinct: ['name'],
        orderBy: [{ name: 'asc' }, { id: 'desc' }],
        include: { _count: { select: { layers: true } } },
      });
      return { items: rows.map(({ _count, ...row }) => summarize(row, _count.layers)) };
    },
  });

  app.route({
    ...getModel,
    handler: async (request) => present(await findModel(db, request.params.name)),
  });

  app.route({
    ...listLayers,
    handler: async (request) => {
      const { layers } = await findModel(db, request.params.name);
      return { items: layers.map(presentLayer) };
    },
  });

  app.route({
    ...registerModel,
    handler: async (request, reply) => {
      const manifest = request.body;
      checkManifest(manifest);
      const { name, digest } = manifest;
      const known = await db.model.findUnique({
        where: { name_digest: { name, digest } },
        select: { id: true },
      });
      const model = await storeModel(services, manifest);
      return reply
        .code(known ? 200 : 201)
        .header('location', `/models/${encodeURIComponent(name)}`)
        .send(present(model));
    },
  });
};

/** What its schema cannot tell. Throws MANIFEST_INVALID. */
function checkManifest(manifest: Manifest): void {
  const digest = modelDigest(manifest);
  if (digest !== manifest.digest)
    throw invalidManifest('/digest', `does not belong to the content of the manifest, which has ${digest}`);
  // An ONNX file holds its architecture itself.
  if (manifest.checkpoint.format === 'onnx') return;
  try {
    const architecture = findArchitecture(manifest.architecture);
    // Forms that were not published have a name of their own, and only the weights can tell whether it is theirs.
    if (!architecture.configure) findVariant(architecture, manifest.variant);
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    throw invalidManifest(error instanceof UnknownVariantError ? '/variant' : '/architecture', error.message);
  }
}

const invalidManifest = (pointer: string, detail: string) =>
  new RequestError(422, 'MANIFEST_INVALID', `${pointer.slice(1)}: ${detail}`, [
    { in: 'body', pointer, detail },
  ]);
