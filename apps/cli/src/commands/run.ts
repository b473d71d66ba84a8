/** `fovea run KIND`: one experiment, on the server or in this process. */
import { createHash } from 'node:crypto';
import type { KindSchema } from '@fovea/experiments/schema';
import { unwrap } from '@fovea/client';
import { callerPath } from '../caller-path.ts';
import type { ExitCode } from '../exit-codes.ts';
import { requireKind } from '../find-kind.ts';
import { followToEnd } from '../follow-to-end.ts';
import { readInput } from '../input.ts';
import { readInputFiles, type InputFiles } from '../input-files.ts';
import { reachServer, type Server } from '../server.ts';

export interface RunOptions {
  readonly api?: string;
  readonly model?: string;
  readonly param: readonly string[];
  readonly file?: string;
  readonly preset?: string;
  readonly seed?: number;
  readonly priority?: number;
  readonly title?: string;
  readonly force?: boolean;
  readonly local?: boolean;
  readonly out?: string;
  readonly json?: boolean;
}

export async function run(kindName: string, options: RunOptions): Promise<ExitCode> {
  const schema = requireKind(kindName);
  const { params, files } = await readInputFiles(schema, options.param);
  const input = await readInput(schema, { ...options, params });
  return options.local ? runHere(schema, input, files, options) : runOnServer(schema, input, files, options);
}

type Files = InputFiles['files'];

async function runOnServer(
  schema: KindSchema,
  input: unknown,
  files: Files,
  options: RunOptions,
): Promise<ExitCode> {
  const server = await reachServer(options.api);
  for (const bytes of files.values()) await uploadImage(server, bytes);
  const { seed, priority = 0, title, force = false } = options;
  const body = { kind: schema.name, input: input as Record<string, unknown>, seed, priority, title, force };
  const queued = unwrap(await server.client.POST('/runs', { body }));
  return followToEnd(server, queued.id, {
    json: options.json ?? false,
    out: options.out === undefined ? undefined : callerPath(options.out),
  });
}

async function uploadImage({ client }: Server, bytes: Uint8Array): Promise<void> {
  const headers = { 'content-type': 'application/octet-stream' };
  unwrap(await client.POST('/images', { headers, body: '', bodySerializer: () => bytes }));
}

async function runHere(
  schema: KindSchema,
  input: unknown,
  files: Files,
  options: RunOptions,
): Promise<ExitCode> {
  const { seed = 0, out, json = false } = options;
  const { runLocally } = await import('../local-run.ts');
  const folder = callerPath(out ?? nameOf(schema, input, seed));
  return runLocally(schema.name, input, { seed, folder, json, files });
}

/** The same input and seed give the same folder, so that nothing else is overwritten. */
function nameOf(schema: KindSchema, input: unknown, seed: number): string {
  const digest = createHash('sha256').update(JSON.stringify([schema.name, schema.version, input, seed]));
  return [schema.name, schema.model(input), digest.digest('hex').slice(0, 8)].filter(Boolean).join('-');
}
