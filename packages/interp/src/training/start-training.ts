/** Training whose steps are one computation each, compiled where that can be done. */
import type { Engine, EngineOptions } from '../execution/engine.ts';
import { startExecution } from '../execution/execution.ts';
import { adamWDefaults } from './adamw.ts';
import type { Batch, Classifier } from './classifier-gradient.ts';
import type { Parameters } from './parameters.ts';
import { train, type TrainingStep, type UpdateStep } from './train-classifier.ts';
import { trainingStep, type TrainingSettings } from './training-step.ts';

export interface TrainingRun extends Disposable {
  readonly engine: Engine;
  /**
   * The same start and batches give the same bytes, with any number of threads.
   * @param batches the images of a step, counted from 1; those of the next are asked for while a step is computed
   * @throws DivergedTrainingError
   */
  steps(initial: Parameters, batches: (step: number) => Batch): AsyncGenerator<TrainingStep>;
}

/** @throws CompileError where compiled is asked for and cannot be had */
export async function startTraining(
  classifier: Classifier,
  settings: TrainingSettings,
  options: EngineOptions = {},
): Promise<TrainingRun> {
  const execution = await startExecution(trainingStep(classifier, settings), options);
  const { batch, schedule } = settings;

  function updating(batches: (step: number) => Batch): UpdateStep {
    let next: { readonly step: number; readonly batch: Batch } | undefined;
    return async (state, { step, learningRate }) => {
      const { pixels, labels } = next?.step === step ? next.batch : batches(step);
      const running = execution.run({
        parameters: state.parameters,
        mean: state.mean,
        square: state.square,
        pixels: Float32Array.from(pixels),
        labels,
        learningRate: Float32Array.of(learningRate),
        meanCorrection: Float32Array.of(1 - adamWDefaults.beta1 ** step),
        squareCorrection: Float32Array.of(1 - adamWDefaults.beta2 ** step),
      });
      if (step < schedule.steps) next = { step: step + 1, batch: batches(step + 1) };
      const { loss, correct, parameters, mean, square } = await running;
      return {
        images: batch,
        loss: loss![0]!,
        correct: correct![0]!,
        state: { parameters: parameters!, mean: mean!, square: square! },
      };
    };
  }

  return {
    engine: execution.engine,
    steps: (initial, batches) => train(initial, updating(batches), schedule),
    [Symbol.dispose]: () => execution[Symbol.dispose](),
  };
}
