import { Readable } from 'node:stream';
import { RequestError } from '../../http/problem.ts';
import type { Routes } from '../../http/routes.ts';
import { putCheckpoint } from './contract.ts';

export const checkpointRoutes: Routes = async (app, { store, settings }) => {
  const limit = settings.checkpointLimit;
  // Weights pass through as they come: they fit on the disk, not in memory. Nothing else is taken.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload));

  app.route({
    ...putCheckpoint,
    handler: async (request, reply) => {
      const { sha256 } = request.params;
      const present = await store.head(sha256);
      if (present) return reply.code(200).send({ sha256, bytes: present.bytes });
      // What is left of a refused upload is not worth reading.
      reply.header('connection', 'close');
      if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
      if (!(request.body instanceof Readable))
        throw new RequestError(400, 'BODY_MISSING', 'The body is the file');
      const { bytes } = await store.put(limited(request.body, limit), { expectedKey: sha256 });
      return reply.code(201).send({ sha256, bytes });
    },
  });
};

/** A length may be missing, and a declared one may lie. */
async function* limited(content: Readable, limit: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  // Destroying the request would take the connection with it, and so the answer.
  for await (const chunk of content.iterator({ destroyOnReturn: false })) {
    bytes += chunk.byteLength;
    if (bytes > limit) throw tooLarge(limit);
    yield chunk;
  }
}

const tooLarge = (limit: number) =>
  new RequestError(413, 'BODY_TOO_LARGE', `The file is larger than ${limit} bytes`);
