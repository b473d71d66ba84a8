import { RequestError } from '../../http/problem.ts';
import type { Routes } from '../../http/routes.ts';
import { createImage } from './contract.ts';

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
    ...createImage,
    bodyLimit: largestImage,
    handler: async (request, reply) => {
      if (!(request.body instanceof Uint8Array) || request.body.byteLength === 0)
        throw new RequestError(400, 'BODY_MISSING', 'The body is the file');
      const { key, bytes } = await store.put(request.body);
      return reply.code(201).send({ sha256: key, bytes });
    },
  });
};
