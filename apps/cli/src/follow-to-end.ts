/** Follows a run on the server until it has finished, and prints what came of it. */
import { followRun, unwrap } from '@fovea/client';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { progressFor } from './progress.ts';
import { saveArtifacts } from './saved-artifacts.ts';
import type { Server } from './server.ts';
import { printSummary, type SummaryArtifact } from './summary.ts';

export interface FollowOptions {
  readonly json: boolean;
  /** Absolute; artifacts are saved there. Without it their addresses are printed. */
  readonly out?: string;
}

const exitCodeOf: Readonly<Record<string, ExitCode>> = {
  succeeded: exitCodes.ok,
  failed: exitCodes.failed,
  cancelled: exitCodes.cancelled,
};

export async function followToEnd(
  server: Server,
  id: string,
  { json, out }: FollowOptions,
): Promise<ExitCode> {
  const detached = new AbortController();
  process.once('SIGINT', () => detached.abort());
  const progress = progressFor(json);
  progress.log(`Run ${id}`);
  for await (const event of followRun(server.url, id, { signal: detached.signal })) {
    if (event.type === 'progress') progress.step(event.data.step, event.data.total, event.data.loss);
    else if (event.type === 'log') progress.log(event.data.message);
    else progress.event({ type: event.type, ...event.data });
  }
  progress.end();
  if (detached.signal.aborted) {
    progress.log(`The run goes on: \`fovea watch ${id}\` follows it, \`fovea cancel ${id}\` ends it`);
    return exitCodes.cancelled;
  }
  const { status, wallSeconds, error } = unwrap(
    await server.client.GET('/runs/{id}', { params: { path: { id } } }),
  );
  if (error) process.stderr.write(`${error.code}: ${error.message}\n`);
  const artifacts =
    out === undefined ? await addresses(server, id) : await saveArtifacts(server.url, id, out);
  printSummary({ run: id, status, seconds: wallSeconds, artifacts }, json);
  return exitCodeOf[status] ?? exitCodes.failed;
}

async function addresses({ url, client }: Server, id: string): Promise<SummaryArtifact[]> {
  const { items } = unwrap(await client.GET('/runs/{id}/artifacts', { params: { path: { id } } }));
  return items.map(({ name, url: path, mediaType, bytes }) => ({
    name,
    path: new URL(path, url).href,
    mediaType,
    bytes,
  }));
}
