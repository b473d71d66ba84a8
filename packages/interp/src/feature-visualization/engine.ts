/** On what the steps of a run are computed: compiled where that can be done, which is several times faster. */
import { CompileError, defaultProvider, reasonForEager, runtimeVersion } from '@fovea/tensor';
import { compiledFunctions } from '../execution/compiled-functions.ts';
import type { Engine, EngineOptions } from '../execution/engine.ts';
import type { ParameterArray } from '../parametrization/parametrization.ts';
import { expressionsFor } from '../transform/build.ts';
import { countSizes } from '../transform/sizes.ts';
import { compiledStep } from './compiled-step.ts';
import { eagerStep, type Step, type StepDefinition } from './step.ts';

export interface StartedStep {
  readonly step: Step;
  readonly engine: Engine;
}

/** @throws CompileError where a compiled step is wanted and cannot be had */
export async function startStep(
  definition: StepDefinition,
  parameters: readonly ParameterArray[],
  { engine: wanted, threads, provider = defaultProvider() }: EngineOptions = {},
): Promise<StartedStep> {
  const eager = (reason: string): StartedStep => ({
    step: eagerStep(definition),
    engine: { name: 'eager', reason },
  });
  if (wanted === 'eager') return eager('it was asked for');
  const reason = wanted === undefined ? reasonForEager() : undefined;
  if (reason !== undefined) return eager(reason);
  try {
    const version = await runtimeVersion();
    const step = compiledStep(definition, { threads, provider });
    const bytes = await step.compileFirst(parameters);
    const shortage = memoryShortage(definition, bytes);
    if (shortage !== undefined) {
      if (wanted === 'compiled') throw new CompileError(shortage);
      return eager(shortage);
    }
    return { step, engine: { name: 'onnxruntime', version, provider } };
  } catch (error) {
    if (wanted === 'compiled' || !(error instanceof CompileError)) throw error;
    return eager(error.message);
  }
}

/** Compiling the same sizes over and over would be slower than not to compile. */
function memoryShortage(
  { model, settings, parametrization }: StepDefinition,
  bytes: number,
): string | undefined {
  const [, height, width] = parametrization.shape;
  const transforms = expressionsFor(model, settings.transforms);
  const sizes = Math.min(countSizes(transforms, Math.max(height, width)), settings.steps);
  if (sizes * bytes <= compiledFunctions.maxBytes) return undefined;
  const gigabytes = (count: number) => `${(count / 1e9).toFixed(1)} GB`;
  return `the ${sizes} sizes that its transforms draw would take ${gigabytes(sizes * bytes)} compiled, of ${gigabytes(compiledFunctions.maxBytes)}`;
}
