/**
 * The board of the queue at /admin/queues. With FOVEA_ADMIN_TOKEN set it asks everyone for it, as the password
 * of `admin`; without it, it opens to direct requests from this machine only.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import basicAuth from '@fastify/basic-auth';
import type { RunQueue } from '@fovea/platform';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isLoopbackAddress, isLoopbackHost } from './http/loopback.ts';
import { answerError, RequestError } from './http/problem.ts';

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
  const isAllowed = token === undefined ? fromThisMachine : await withToken(board, token);
  board.addHook('onRequest', async (request, reply) => {
    try {
      await isAllowed(request, reply);
      return undefined;
    } catch (error) {
      // The board answers errors in a way of its own.
      return answerError(error as FastifyError, request, reply);
    }
  });
}

type Guard = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

const fromThisMachine: Guard = async (request) => {
  if (isFromThisMachine(request)) return;
  throw new RequestError(403, 'ADMIN_ONLY', 'Set FOVEA_ADMIN_TOKEN to reach this page from other machines');
};

async function withToken(board: FastifyInstance, token: string): Promise<Guard> {
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
  const authenticate = promisify(board.basicAuth);
  return (request, reply) => authenticate.call(board, request, reply);
}

/** A proxy on this machine makes every caller look local, and so does a name that resolves to it. */
const isFromThisMachine = (request: FastifyRequest) =>
  isLoopbackAddress(request.socket.remoteAddress) &&
  isLoopbackHost(request.hostname) &&
  proxyHeaders.every((name) => request.headers[name] === undefined);

const proxyHeaders = ['via', 'forwarded', 'x-forwarded-for'];

/** In the same time whatever differs. */
function isSameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

const policy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";
