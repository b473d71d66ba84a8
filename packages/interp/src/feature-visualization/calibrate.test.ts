import { RuntimeUnavailableError, runtimeVersion, startBackend } from '@fovea/tensor';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { tinyModel } from '../testing/tiny-model.ts';
import { calibrateFeatureVisualization } from './calibrate.ts';
import type { FeatureVisualizationSettings } from './settings.ts';

const problem = await runtimeVersion().then(
  () => undefined,
  (error: unknown) => {
    if (error instanceof RuntimeUnavailableError) return error.message;
    throw error;
  },
);

const settings: FeatureVisualizationSettings = {
  objective: { type: 'channel', layer: 'relu', channel: 1 },
  parametrization: { kind: 'fft', batch: 1, height: 32, width: 32 },
  transforms: [],
  optimizer: { name: 'adam', learningRate: 0.05 },
  gradients: { redirectedRelu: false, maxPoolGradient: 'exact' },
  steps: 20,
};

beforeAll(async () => {
  await startBackend();
});
afterEach(() => {
  vi.unstubAllEnvs();
});

test.skipIf(problem)('steps are measured side by side and one by one', async () => {
  const calibration = await calibrateFeatureVisualization(tinyModel(), settings, 2);
  const { sharing, perSecond } = calibration!;
  const other = sharing === 'spread' ? 'joined' : 'spread';
  expect(perSecond[sharing]).toBeGreaterThanOrEqual(perSecond[other]);
  expect(perSecond[other]).toBeGreaterThan(0);
});

test('there is nothing to measure where steps run op by op', async () => {
  vi.stubEnv('FOVEA_BACKEND', 'wasm');
  expect(await calibrateFeatureVisualization(tinyModel(), settings, 2)).toBeNull();
});
