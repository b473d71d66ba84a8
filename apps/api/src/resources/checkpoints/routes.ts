import type { Readable } from 'node:stream';
import { RequestError } from '../../http/problem.ts';
import type { Routes } from '../../http/routes.ts';
import { putCheckpoint } from './contract.ts';

export const checkpointRoutes: Routes = async (app, { store, settings }) => {
  const limit = settings.checkpointLimit;
  // Weights pass through as they come: they fit on the disk, not in memory.
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload));

  app.route({
    ...putCheckpoint,
    bodyLimit: limit,
    handler: async (request, reply) => {
      const { sha256 } = request.params;
      const present = await store.head(sha256);
      if (present) return reply.code(200).send({ sha256, bytes: present.bytes });
      const { bytes } = await store.put(limited(request.body as Readable, limit), { expectedKey: sha256 });
      return reply.code(201).send({ sha256, bytes });
    },
  });
};

/** A declared length is checked by fastify; one that lies, or is missing, here. */
async function* limited(content: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of content) {
    bytes += chunk.byteLength;
    if (bytes > limit)
      throw new RequestError(413, 'BODY_TOO_LARGE', `The file is larger than ${limit} bytes`);
    yield chunk;
  }
}
