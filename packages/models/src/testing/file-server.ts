/** A server of files that can be told to misbehave. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach } from 'vitest';

export interface Misbehaviour {
  /** Statuses with which the first requests are answered. */
  statuses?: number[];
  /** After how many bytes the connection breaks, request by request. */
  breaks?: number[];
  /** What to wait for before, such as that the client has kept what it got. */
  beforeBreak?: (position: number) => Promise<void>;
  /** Answers with the whole file, whatever part is asked for. */
  ignoresRanges?: boolean;
  /** Gives no ETag. */
  anonymous?: boolean;
  /** Claims another length, and closes the connection in good order. */
  chunked?: boolean;
}

export interface FileServer {
  /** By path. */
  files: Map<string, Buffer>;
  misbehaviour: Misbehaviour;
  /** Path and range of each request. */
  requests: { path: string; range: string | undefined }[];
  url(path: string): string;
}

/** Serves as long as the tests of the calling file run; forgets everything before each. */
export function fileServer(): FileServer {
  const state: FileServer = {
    files: new Map(),
    misbehaviour: {},
    requests: [],
    url: (path) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
  };
  const server = createServer((request, response) => answer(state, request, response));
  beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => void server.close());
  beforeEach(() => {
    state.files = new Map();
    state.misbehaviour = {};
    state.requests = [];
  });
  return state;
}

function answer(
  { files, misbehaviour, requests }: FileServer,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const path = request.url ?? '/';
  requests.push({ path, range: request.headers.range });
  const status = misbehaviour.statuses?.shift();
  const file = files.get(path);
  if (status !== undefined || !file) {
    response.writeHead(status ?? 404).end();
    return;
  }
  const etag = `"${createHash('md5').update(file).digest('hex')}"`;
  const begin = misbehaviour.ignoresRanges ? 0 : beginOf(request, etag);
  if (begin >= file.length) {
    response.writeHead(416).end();
    return;
  }
  const body = file.subarray(begin);
  response.writeHead(begin > 0 ? 206 : 200, {
    ...(!misbehaviour.anonymous && { etag }),
    ...(!misbehaviour.chunked && { 'content-length': body.length }),
    ...(begin > 0 && { 'content-range': `bytes ${begin}-${file.length - 1}/${file.length}` }),
  });
  const breakAfter = misbehaviour.breaks?.shift();
  if (breakAfter === undefined) response.end(body);
  else {
    response.write(body.subarray(0, breakAfter));
    const ready = misbehaviour.beforeBreak?.(begin + breakAfter) ?? Promise.resolve();
    void ready.finally(() => response.destroy());
  }
}

function beginOf({ headers }: IncomingMessage, etag: string): number {
  if (headers['if-range'] !== etag) return 0;
  return Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
}
