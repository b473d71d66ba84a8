import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forwardToApi } from './forward.ts';

/** A server that tells what it was asked, and streams events slowly. */
function echoServer(): Server {
  return createServer((request, response) => {
    if (request.url === '/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(`id: 8\ndata: after ${String(request.headers['last-event-id'])}\n\n`);
      return; // Stays open: whoever waits for the end of the body waits for ever.
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.writeHead(request.method === 'POST' ? 201 : 200, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({
          method: request.method,
          url: request.url,
          via: request.headers.via,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
  });
}

describe('forwarding to the API', () => {
  const server = echoServer();

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    process.env.API_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('keeps the path, the query and the status', async () => {
    const answer = await forwardToApi(new Request('http://web/api/runs?status=failed&q=a%2Fb'));
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ method: 'GET', url: '/runs?status=failed&q=a%2Fb' });
  });

  it('says that it stands in between, and goes to the API whatever the path looks like', async () => {
    const answer = await forwardToApi(new Request('http://web/api//elsewhere.example.org/admin'));
    expect(await answer.json()).toMatchObject({
      url: '//elsewhere.example.org/admin',
      via: '1.1 fovea-dashboard',
    });
  });

  it('hands bodies on', async () => {
    const answer = await forwardToApi(
      new Request('http://web/api/runs', { method: 'POST', body: '{"seed":1}' }),
    );
    expect(answer.status).toBe(201);
    expect(await answer.json()).toMatchObject({ method: 'POST', body: '{"seed":1}' });
  });

  it('passes events on at once, and where the reader left off', async () => {
    const aborter = new AbortController();
    const request = new Request('http://web/api/events', {
      headers: { 'last-event-id': '7' },
      signal: aborter.signal,
    });
    const answer = await forwardToApi(request);
    const first = await answer.body!.getReader().read();
    expect(new TextDecoder().decode(first.value)).toContain('after 7');
    expect(answer.headers.get('cache-control')).toContain('no-transform');
    aborter.abort();
  });

  it('answers with a problem when the API is down', async () => {
    const before = process.env.API_URL;
    process.env.API_URL = 'http://127.0.0.1:1';
    const answer = await forwardToApi(new Request('http://web/api/runs'));
    process.env.API_URL = before;
    expect(answer.status).toBe(502);
    expect(await answer.json()).toMatchObject({
      status: 502,
      code: 'API_UNREACHABLE',
      title: 'The API does not answer',
    });
  });
});
