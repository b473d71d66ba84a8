import { featureVisualization, transformList, type FeatureVisualizationSettings } from '@fovea/interp';
import type { HookedModel } from '@fovea/models';
import type { Route } from './route.ts';

/** Of one timing, in milliseconds; it makes one step at least. */
const patience = 500;

/** Times feature-visualization steps on any number of pictures; what happens only once is not in the times. */
export function stepTimer(model: HookedModel, layer: string, route: Route) {
  const runs = new Map<number, ReturnType<typeof featureVisualization>>();

  async function runOf(batch: number) {
    const known = runs.get(batch);
    if (known) return known;
    const run = featureVisualization(model, settingsOf(model, layer, batch), { seed: 0, ...route });
    runs.set(batch, run);
    // The engine's event, and the steps in which it compiles or warms up.
    for (let event = 0; event < 3; event++) await run.next();
    return run;
  }

  /** Milliseconds of one, median. */
  return async (batch: number): Promise<number> => {
    const run = await runOf(batch);
    const start = performance.now();
    const times: number[] = [];
    do {
      const begin = performance.now();
      await run.next();
      times.push(performance.now() - begin);
    } while (performance.now() - start < patience);
    return times.toSorted((a, b) => a - b)[times.length >> 1]!;
  };
}

function settingsOf(model: HookedModel, layer: string, batch: number): FeatureVisualizationSettings {
  const side = Math.max(128, model.preprocessing.height);
  const size = { height: side, width: side };
  return {
    objective: { type: 'channel', layer, channel: 0 },
    parametrization: { kind: 'fft', batch, ...size },
    transforms: [...transformList('lucid', { width: side, alpha: false }), { type: 'resize', ...size }],
    optimizer: { name: 'adam', learningRate: 0.05 },
    // Redirection would end after sixteen steps.
    gradients: { redirectedRelu: false, maxPoolGradient: 'exact' },
    steps: 10_000,
  };
}
