import { RequestError } from '../../http/problem.ts';
import type { Routes } from '../../http/routes.ts';
import { putImage } from './contract.ts';

/** Bytes; photographs as cameras make them fit. */
const largestImage = 64 * 1024 * 1024;

export const imageRoutes: Routes = async (app, { store }) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/octet-stream',
    { parseAs: 'buffer', bodyLimit: largestImage },
    (_request, body, done) => done(null, body),
  );

  app.route({
    ...putImage,
    bodyLimit: largestImage,
    handler: async (request) => {
      const { sha256 } = request.params;
      if (!(request.body instanceof Uint8Array))
        throw new RequestError(400, 'BODY_MISSING', 'The body is the file');
      const { bytes } = await store.put(request.body, { expectedKey: sha256 });
      return { sha256, bytes };
    },
  });
};
