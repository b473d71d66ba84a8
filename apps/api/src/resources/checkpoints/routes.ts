import type { Routes } from '../../http/routes.ts';
import { takeUploads, uploadOf } from '../../http/upload.ts';
import { putCheckpoint } from './contract.ts';

export const checkpointRoutes: Routes = async (app, { store, settings }) => {
  // Nothing else is taken.
  app.removeAllContentTypeParsers();
  takeUploads(app);

  app.route({
    ...putCheckpoint,
    handler: async (request, reply) => {
      const { sha256 } = request.params;
      const present = await store.head(sha256);
      if (present) return reply.code(200).send({ sha256, bytes: present.bytes });
      const upload = uploadOf(request, reply, settings.checkpointLimit);
      const { bytes } = await store.put(upload, { expectedKey: sha256 });
      return reply.code(201).send({ sha256, bytes });
    },
  });
};
