import { createClient, followRun, unwrap } from '@fovea/client';

/** Queues a run and waits for its end. Throws unless it succeeds. */
export async function finishRun(api: string, kind: string, input: Record<string, unknown>): Promise<void> {
  const body = { kind, input, seed: 0, priority: 0, force: false };
  const { id } = unwrap(await createClient(api).POST('/runs', { body }));
  const last = (await Array.fromAsync(followRun(api, id))).at(-1);
  if (last?.type !== 'status' || last.data.status !== 'succeeded')
    throw new Error(`The run of ${kind} ended with ${JSON.stringify(last)}`);
}
