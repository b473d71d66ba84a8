/** Lets a run that nobody computes find something out about units of the model `tiny`. */
import type { RunEvent } from '@fovea/experiments';

import { runRequest, type TestApi } from './api.ts';
import { play } from './worker.ts';

type UnitPicture = NonNullable<Extract<RunEvent, { type: 'artifact' }>['picture']>;

/** Returns the id of the run. */
export async function recordEvidence(api: TestApi, ...events: RunEvent[]): Promise<string> {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const { body } = await api.post('/runs', runRequest({}, { seed }));
  const run = await play(api, body.id);
  await run.record(...events);
  await run.complete();
  return body.id as string;
}

export const unitPicture = (
  channel: number,
  changes: Partial<Pick<UnitPicture, 'objective' | 'sign' | 'restart' | 'layer'>> = {},
): RunEvent[] => {
  const { objective = 'channel', sign = 1, restart = 0, layer = 'mixed1' } = changes;
  const name = `${layer}-${channel}-${objective}-${sign}-${restart}`;
  const file = (suffix: string) => ({
    type: 'artifact' as const,
    name: `${name}${suffix}.png`,
    mediaType: 'image/png',
    bytes: Buffer.from(name + suffix),
    parameters: {},
  });
  const picture = {
    layer,
    channel,
    objective,
    sign,
    restart,
    variant: '',
    score: 2,
    thumbnail: `${name}-small.png`,
  };
  return [file('-small'), { ...file(''), picture }];
};
