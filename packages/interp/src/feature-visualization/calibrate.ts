import { availableParallelism } from 'node:os';
import type { HookedModel } from '@fovea/models';
import { compiledCache, defaultProvider, randomFor, reasonForEager } from '@fovea/tensor';
import { compiledFunctions } from '../execution/compiled-functions.ts';
import { calibrate, type Calibration } from '../execution/sharing.ts';
import { parametrizationOf } from '../parametrization/build.ts';
import { compiledStep } from './compiled-step.ts';
import type { FeatureVisualizationSettings } from './settings.ts';

/**
 * How pictures with these settings are best divided over the cores; null where their steps are not compiled for the
 * processor, or take too much memory to be side by side.
 * @throws CompileError
 */
export async function calibrateFeatureVisualization(
  model: HookedModel,
  settings: FeatureVisualizationSettings,
  cores = availableParallelism(),
): Promise<Calibration | null> {
  if (reasonForEager() !== undefined || defaultProvider() !== 'cpu') return null;
  const parametrization = parametrizationOf({
    ...settings.parametrization,
    channels: model.preprocessing.mean.length,
  });
  const parameters = parametrization.initial(randomFor(0, 0, 'parameters'));
  const definition = {
    model,
    settings,
    parametrization,
    seed: 0,
    imageGradient: settings.parametrization.kind === 'maco',
  };
  const bytes = await compiledStep(definition, { threads: cores }).compileFirst(parameters);
  if (bytes * cores > compiledFunctions.maxBytes) return null;
  return calibrate(async (threads) => {
    // Of its own, since from a shared one each would get the same session.
    const cache = compiledCache();
    const step = compiledStep(definition, { threads, cache });
    const run = () => step.evaluate(parameters, 0);
    await run();
    return { run, [Symbol.dispose]: () => cache.clear() };
  }, cores);
}
