/**
 * The board of the queue at /admin/queues. With FOVEA_ADMIN_TOKEN set it asks everyone for it, as the password
 * of `admin`; without it, it opens to direct requests from this machine only.
 */
import { timingSafeEqual, createHash } from 'node:crypto';
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import basicAuth from '@fastify/basic-auth';
import type { RunQueue } from '@fovea/platform';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isLoopbackAddress, isLoopbackHost } from './http/loopback.ts';
import { RequestError } from './http/problem.ts';

const basePath = '/admin/queues';

export async function registerAdmin(
  app: FastifyInstance,
  queue: RunQueue,
  token: string | undefined,
): Promise<void> {
  const adapter = new FastifyAdapter();
  adapter.setBasePath(basePath);
  createBullBoard({
    queues: [
      new BullMQAdapter(queue.bull, { description: 'Delivery of run ids; the runs are in the database' }),
    ],
    serverAdapter: adapter,
    options: { uiConfig: { boardTitle: 'Fovea queue' } },
  });
  await app.register(async (board) => {
    await guard(board, token);
    board.addHook('onSend', async (_request, reply) => {
      reply.header('content-security-policy', policy);
    });
    await board.register(adapter.registerPlugin(), { prefix: basePath });
  });
}

async function guard(board: FastifyInstance, token: string | undefined): Promise<void> {
  if (token === undefined) {
    board.addHook('onRequest', async (request) => {
      if (isFromThisMachine(request)) return;
      throw new RequestError(
        403,
        'ADMIN_ONLY',
        'Set FOVEA_ADMIN_TOKEN to reach this page from other machines',
      );
    });
    return;
  }
  await board.register(basicAuth, {
    authenticate: { realm: 'Fovea admin' },
    validate: async (name, password) => {
      if (name === 'admin' && isSameText(password, token)) return;
      throw new RequestError(
        401,
        'ADMIN_ONLY',
        'The user is admin, the password the FOVEA_ADMIN_TOKEN of the server',
      );
    },
  });
  board.addHook('onRequest', board.basicAuth);
}

/** A proxy on this machine makes every caller look local, and so does a name that resolves to it. */
const isFromThisMachine = (request: FastifyRequest) =>
  isLoopbackAddress(request.socket.remoteAddress) &&
  isLoopbackHost(request.hostname) &&
  request.headers['x-forwarded-for'] === undefined &&
  request.headers.forwarded === undefined;

/** In the same time whatever differs. */
function isSameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

const policy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";
