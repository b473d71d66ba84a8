/** Files that are sent as the body of a request: they pass through as they come, and fit on the disk, not in memory. */
import { Socket } from 'node:net';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RequestError } from './problem.ts';

export const uploadMediaType = 'application/octet-stream';

export function takeUploads(app: FastifyInstance): void {
  app.addContentTypeParser(uploadMediaType, (_request, payload, done) => done(null, payload));
}

/**
 * The body of a request, piece by piece.
 * @param limit in bytes
 * @throws RequestError BODY_TOO_LARGE, BODY_MISSING
 */
export function uploadOf(
  request: FastifyRequest,
  reply: FastifyReply,
  limit: number,
): AsyncIterable<Uint8Array> {
  // What is left of a refused upload is not worth reading.
  reply.header('connection', 'close');
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
  if (!(request.body instanceof Readable))
    throw new RequestError(400, 'BODY_MISSING', 'The body is the file');
  return limited(request.body, limit);
}

/** For answers that take longer than a connection may lie idle. An injected request has no connection. */
export function keepWaiting({ socket }: FastifyRequest): void {
  if (socket instanceof Socket) socket.setTimeout(0);
}

/** Aborted when the caller leaves without waiting for the answer. */
export function whenGone({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  raw.once('close', () => raw.writableFinished || gone.abort());
  return gone.signal;
}

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
