/**
 * Hands `/api/…` on to the API, so that the page, its events and its pictures share one origin. The address
 * is read on each request: the launcher knows it only when it starts the API on a free port.
 */
import type { Problem } from '@fovea/client';

const PREFIX = '/api';

/** Belong to one connection (RFC 9110, 7.6.1), or describe a body that `fetch` has already decoded. */
const CONNECTION_HEADERS = [
  'connection',
  'keep-alive',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
  'host',
];
const ENCODING_HEADERS = ['content-encoding', 'content-length'];

export async function forwardToApi(request: Request): Promise<Response> {
  const api = process.env.API_URL;
  if (!api)
    return problem(
      500,
      'API_URL is not set',
      'Start the dashboard with API_URL naming the address of the API.',
    );
  const { pathname, search } = new URL(request.url);
  // Not resolved against the API: a path that begins with two slashes would name another host.
  const target = new URL(api);
  target.pathname = pathname.slice(PREFIX.length);
  target.search = search;
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
  try {
    const answer = await fetch(target, {
      method: request.method,
      headers: forwardedHeaders(request),
      body: hasBody ? request.body : undefined,
      redirect: 'manual',
      signal: request.signal,
      cache: 'no-store',
      // Streams the body on instead of collecting it first; not yet in the DOM types.
      ...(hasBody && { duplex: 'half' }),
    });
    return new Response(answer.body, { status: answer.status, headers: answerHeaders(answer) });
  } catch (cause) {
    if (request.signal.aborted) return new Response(null, { status: 499 });
    return problem(502, 'The API does not answer', `No answer from ${api}: ${describe(cause)}`);
  }
}

/** `via` tells the API that a request from the dashboard's address need not come from its machine (RFC 9110, 7.6.3). */
function forwardedHeaders(request: Request): Headers {
  const headers = without(request.headers, [...CONNECTION_HEADERS, 'accept-encoding']);
  headers.append('via', '1.1 fovea-dashboard');
  return headers;
}

function answerHeaders(answer: Response): Headers {
  const headers = without(answer.headers, [...CONNECTION_HEADERS, ...ENCODING_HEADERS]);
  // Compression would hold events back until its buffer is full.
  if (answer.headers.get('content-type')?.startsWith('text/event-stream')) {
    headers.set('cache-control', 'no-cache, no-transform');
  }
  return headers;
}

function without(headers: Headers, names: readonly string[]): Headers {
  const kept = new Headers(headers);
  for (const name of names) kept.delete(name);
  return kept;
}

function describe(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.cause instanceof Error ? cause.cause.message : cause.message;
}

/** RFC 9457, like the API's own errors. */
function problem(status: number, title: string, detail: string): Response {
  const instance = `urn:uuid:${crypto.randomUUID()}`;
  const body: Problem = { type: 'about:blank', title, status, detail, code: 'API_UNREACHABLE', instance };
  return Response.json(body, { status, headers: { 'content-type': 'application/problem+json' } });
}
