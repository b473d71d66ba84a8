import { registerModel } from '@fovea/platform';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApi, runRequest, tinyManifest, type TestApi } from '../../testing/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const estimate = async (input: Record<string, unknown>) => {
  const { kind, input: whole } = runRequest(input);
  const { status, body } = await api.post('/estimates', { kind, input: whole });
  expect(status).toBe(200);
  return body;
};

/** 100 steps of `side`² pixels in 12 s, 2 of which went into something else. */
async function finish(side: number): Promise<void> {
  const { body } = await api.post('/runs', runRequest({ width: side, height: side, steps: 100 }));
  await api.services.db.run.update({
    where: { id: body.id },
    data: { status: 'succeeded', stepsPerSecond: 10, wallSeconds: 12 },
  });
}

test('the speed comes from ever more similar runs, and the basis is named', async () => {
  const input = { width: 64, height: 64, steps: 200 };
  expect(await estimate(input)).toMatchObject({ steps: 200, basis: 'calibration' });

  await finish(128);
  expect(await estimate(input)).toMatchObject({ basis: 'same-model', stepsPerSecond: 40, seconds: 7 });

  await finish(64);
  expect(await estimate(input)).toMatchObject({ basis: 'same-input-size', stepsPerSecond: 10, seconds: 22 });

  const hookPoints = tinyManifest().hookPoints.map((point) => ({
    ...point,
    parameters: point.parameters * 4,
  }));
  await registerModel(api.services, tinyManifest({ name: 'larger', hookPoints, variant: 'larger' }));
  const other = await estimate({ ...input, model: 'larger' });
  expect(other).toMatchObject({ basis: 'other-models' });
  expect(other.stepsPerSecond).toBeLessThan(10);
});

test('a wrong input is refused as for a run', async () => {
  const { status, body } = await api.post('/estimates', runRequest({ objective: 'conv9:1' }));
  expect([status, body.code]).toEqual([422, 'INPUT_INVALID']);
});
