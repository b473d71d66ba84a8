/** `fovea runs`, `watch`, `cancel`: the runs of the server. */
import { unwrap, type components } from '@fovea/client';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { callerPath } from '../caller-path.ts';
import { followToEnd } from '../follow-to-end.ts';
import { reachServer } from '../server.ts';
import { printJson, printTable } from '../table.ts';

export interface ListOptions {
  readonly api?: string;
  readonly json?: boolean;
  readonly status?: RunStatus[];
  readonly kind?: string;
  readonly model?: string;
  readonly search?: string;
  readonly limit: number;
}

export type RunStatus = components['schemas']['RunStatus'];

export async function listRuns({ api, json, ...query }: ListOptions): Promise<ExitCode> {
  const { client } = await reachServer(api);
  const page = unwrap(await client.GET('/runs', { params: { query } }));
  if (json) {
    printJson(page);
    return exitCodes.ok;
  }
  printTable(
    ['ID', 'STATUS', 'KIND', 'MODEL', 'STEPS', 'CREATED', 'TITLE'],
    page.items.map((run) => [
      run.id,
      run.status,
      run.kind,
      run.model ?? '–',
      `${run.step}/${run.total}`,
      run.createdAt,
      run.title ?? '',
    ]),
  );
  return exitCodes.ok;
}

export async function watch(
  id: string,
  options: { api?: string; json?: boolean; out?: string },
): Promise<ExitCode> {
  const out = options.out === undefined ? undefined : callerPath(options.out);
  return followToEnd(await reachServer(options.api), id, { json: options.json ?? false, out });
}

export async function cancel(id: string, options: { api?: string; json?: boolean }): Promise<ExitCode> {
  const { client } = await reachServer(options.api);
  const run = unwrap(await client.POST('/runs/{id}/cancellation', { params: { path: { id } } }));
  if (options.json) printJson(run);
  else process.stdout.write(run.status === 'cancelled' ? 'Cancelled\n' : 'Asked to stop\n');
  return exitCodes.ok;
}
