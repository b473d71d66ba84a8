/** The feature visualization that the demo makes of the network that ships. */
import { createClient, followRun, unwrap, type components } from '@fovea/client';

export type Run = components['schemas']['Run'];

const model = 'fovea_mini';
/** A curve detector: its picture can be read at once. */
const objective = 'mixed3b:60';
/** Enough for a clear picture; what more adds is detail. */
const steps = 256;

export interface FirstRunOptions {
  /** Compute it even where the same run has succeeded before. */
  readonly force: boolean;
  readonly say: (line: string) => void;
}

/** Queues it and tells of its progress; resolves with the finished run. */
export async function firstRun(api: string, { force, say }: FirstRunOptions): Promise<Run> {
  const client = createClient(api);
  const body = {
    kind: 'feature-visualization',
    input: { model, objective, steps },
    seed: 0,
    priority: 0,
    force,
  };
  const queued = unwrap(
    await client.POST('/runs', { body: { ...body, title: `First look at ${objective}` } }),
  );
  if (queued.status === 'succeeded') {
    say(`Feature visualization of ${objective} is there from an earlier start (run ${queued.id})`);
    return queued;
  }
  say(`Feature visualization of ${model} ${objective} queued (run ${queued.id})`);
  let toldAt = 0;
  for await (const event of followRun(api, queued.id)) {
    if (event.type === 'log') say(event.data.message);
    if (event.type === 'status') say(`Run ${event.data.status}`);
    if (event.type !== 'progress' || Date.now() - toldAt < 5_000) continue;
    toldAt = Date.now();
    const { step, total, stepsPerSecond } = event.data;
    say(`Step ${step} of ${total}${stepsPerSecond === null ? '' : `, ${stepsPerSecond.toFixed(1)} steps/s`}`);
  }
  return unwrap(await client.GET('/runs/{id}', { params: { path: { id: queued.id } } }));
}
