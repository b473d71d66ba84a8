import { PlatformError, verifySignature, type ByteRange, type SignedQuery } from '@fovea/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import parseRange from 'range-parser';
import type { Routes } from '../../http/routes.ts';
import { getObject } from './contract.ts';

export const objectRoutes: Routes = async (app, { store, config }) => {
  const { secret } = config;
  app.route({
    ...getObject,
    handler: async (request, reply) => {
      const { key } = request.params;
      verifySignature(key, request.query, { secret });
      const etag = `"${key}"`;
      describeContent(reply, etag, request.query);
      if (request.headers['if-none-match'] === etag) return reply.code(304).send();
      const found = await store.head(key);
      if (!found) throw new PlatformError('OBJECT_NOT_FOUND', `No object has the key ${key}`, { key });
      const range = wantedRange(request, found.bytes, etag);
      const { start, end, stream } = await store.get(key, range);
      if (range) reply.code(206).header('content-range', `bytes ${start}-${end}/${found.bytes}`);
      return reply.header('content-length', end - start + 1).send(stream);
    },
  });
};

/**
 * Stored content came from outside: a browser must neither guess its type nor run what is in it. The key is the hash
 * of the content, so it never changes.
 */
function describeContent(reply: FastifyReply, etag: string, query: SignedQuery): void {
  reply
    .type(query.mediaType)
    .header('etag', etag)
    .header('accept-ranges', 'bytes')
    .header('cache-control', 'private, max-age=31536000, immutable')
    .header('x-content-type-options', 'nosniff')
    .header(
      'content-security-policy',
      "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'",
    )
    .header('content-disposition', disposition(query.fileName));
}

const disposition = (fileName: string | undefined) =>
  fileName === undefined ? 'inline' : `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`;

/** One range, or the whole where none is asked for, several are, or the copy to be completed is another one. */
function wantedRange(request: FastifyRequest, bytes: number, etag: string): ByteRange | undefined {
  const { range: header, 'if-range': condition } = request.headers;
  if (header === undefined || (condition !== undefined && condition !== etag)) return undefined;
  const ranges = parseRange(bytes, header, { combine: true });
  if (ranges === -1)
    throw new PlatformError('OBJECT_RANGE_INVALID', `${header} lies outside an object of ${bytes} bytes`, {
      bytes,
    });
  return ranges === -2 || ranges.type !== 'bytes' || ranges.length !== 1 ? undefined : ranges[0];
}
