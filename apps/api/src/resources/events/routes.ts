import { listEvents, requireRun } from '@fovea/platform';
import type { SSEMessage } from '@fastify/sse';
import type { Routes } from '../../http/routes.ts';
import { objectLinks, type LinkObject } from '../../object-links.ts';
import { listRunEvents } from './contract.ts';
import { presentEvent } from './present.ts';
import { streamEvents, type StreamOptions } from './stream.ts';

export const eventRoutes: Routes = async (app, services) => {
  const { db } = services;
  const closing = new AbortController();
  app.addHook('preClose', async () => closing.abort());

  app.route({
    ...listRunEvents,
    sse: 'dual',
    handler: async (request, reply) => {
      const { id } = await requireRun(db, request.params.id);
      const link = objectLinks(services, request);
      const { after, limit } = request.query;
      if (!reply.sse) {
        const rows = await listEvents(db, id, { after, limit });
        return { items: await Promise.all(rows.map((row) => presentEvent(row, link))) };
      }
      const left = new AbortController();
      reply.sse.onClose(() => left.abort());
      const signal = AbortSignal.any([left.signal, closing.signal]);
      // A client that reconnects repeats its first address: what it has seen by then is in the header.
      const seen = Math.max(after, request.headers['last-event-id'] ?? 0);
      // A kept-alive connection would hold up a server that closes.
      reply.header('connection', 'close');
      reply.sse.sendHeaders();
      await reply.sse.send(messages({ after: seen, signal }, id, link));
      // Not `return reply`: it waits for the end of the answer, which comes after this handler.
      return undefined;
    },
  });

  async function* messages(
    options: StreamOptions,
    runId: string,
    link: LinkObject,
  ): AsyncGenerator<SSEMessage> {
    for await (const row of streamEvents(services, runId, options)) {
      const data = await presentEvent(row, link);
      yield { id: String(row.sequence), event: row.type, data };
    }
    // Without it a client could not tell an end from a lost connection, and would come back for ever.
    if (!options.signal.aborted) yield { event: 'end', data: {} };
  }
};
