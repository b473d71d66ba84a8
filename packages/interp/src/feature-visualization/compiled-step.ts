/**
 * The step as a compiled function. Parameters, the directions of the objective and what the host drew are fed to it,
 * so one function serves every step whose transforms give images of the same sizes, and every unit of a layer.
 */
import { compile, tf, type CompiledCache, type CompiledFunction, type TensorSpec } from '@fovea/tensor';
import { compiledFunctions, numberOfModel } from '../execution/compiled-functions.ts';
import type { EngineOptions } from '../execution/engine.ts';
import { nonlinearitiesAt } from '../gradient/override.ts';
import type { ObjectiveExpression } from '../objective/expression.ts';
import { structureOfObjective, vectorsOf, withDirections } from '../objective/unit-directions.ts';
import type { ParameterArray } from '../parametrization/parametrization.ts';
import { transformsFor } from '../transform/build.ts';
import { onCanvas } from '../transform/canvas.ts';
import { reusedArrays, type HostArray } from '../transform/host-array.ts';
import { applyStage, arraysOf, mergeStages, structureOf, type Stage } from '../transform/stage.ts';
import { lossFunction } from './loss.ts';
import {
  drawContext,
  drawsOf,
  eagerStep,
  type Evaluation,
  type HostInputs,
  type Step,
  type StepDefinition,
} from './step.ts';

/** What is drawn for one step, ready to be fed. */
interface Prepared {
  readonly stages: readonly Stage[];
  readonly arrays: readonly (readonly HostArray[])[];
}

/** Values by the names under which a compiled step takes them. */
type Named<T> = Readonly<Record<string, T>>;

export interface CompiledStep extends Step {
  /**
   * Compiles what step 0 needs.
   * @returns the bytes that it takes
   * @throws CompileError
   */
  compileFirst(parameters: readonly ParameterArray[]): Promise<number>;
}

type Placement = Pick<EngineOptions, 'threads' | 'provider'>;

interface CompiledStepOptions extends Placement {
  readonly cache?: CompiledCache;
}

/** Evaluates like the eager step, but for rounding. The values of layers, asked for but twice, are computed eagerly. */
export function compiledStep(
  definition: StepDefinition,
  { cache = compiledFunctions, ...placement }: CompiledStepOptions = {},
): CompiledStep {
  const { settings, parametrization } = definition;
  const transforms = transformsFor(definition.model, settings.transforms);
  const draw = drawsOf(definition);
  const stagesOf = (drawn: HostInputs) => mergeStages(transforms.stages(drawn, parametrization.shape));
  const { draw: largestDraw } = transforms.largest(parametrization.shape, drawContext(definition, 0));
  const largest = stagesOf(largestDraw).map(({ shape }) => shape);
  /** One is written while onnxruntime reads the other. */
  const arraySets = [reusedArrays(), reusedArrays()];

  function prepare(step: number): Prepared {
    const stages = onCanvas(stagesOf(draw(step)), largest);
    const { make, reuse } = arraySets[step % arraySets.length]!;
    reuse();
    return { stages, arrays: stages.map((stage) => arraysOf(stage, make)) };
  }

  function lease(parameters: readonly ParameterArray[], prepared: Prepared, step: number) {
    const expression = directed(definition, prepared);
    return cache.lease(keyOf(definition, expression, prepared, step, placement), () =>
      compileStep(definition, expression, prepared, parameters, step, placement),
    );
  }

  /** Of the step to come, made while onnxruntime is at work on this one. */
  let ahead: { readonly step: number; readonly prepared: Prepared } | undefined;

  return {
    activations: (parameters) => eagerStep(definition).activations(parameters),
    async compileFirst(parameters) {
      const { compiled, giveBack } = await lease(parameters, prepare(0), 0);
      giveBack();
      return compiled.memoryBytes;
    },
    async evaluate(parameters, step) {
      const prepared = ahead?.step === step ? ahead.prepared : prepare(step);
      const { compiled, giveBack } = await lease(parameters, prepared, step);
      const vectors = vectorsOf(directed(definition, prepared));
      try {
        const running = compiled.run({
          ...named(
            'parameter',
            parameters.map(({ values }) => values),
          ),
          ...named(
            'vector',
            vectors.map((vector) => Float32Array.from(vector)),
          ),
          ...named(
            'draw',
            prepared.arrays.flat().map(({ values }) => values),
          ),
        });
        if (step + 1 < settings.steps) ahead = { step: step + 1, prepared: prepare(step + 1) };
        return evaluationOf(await running, parameters.length);
      } finally {
        giveBack();
      }
    },
  };
}

function directed({ model, settings, parametrization }: StepDefinition, { stages }: Prepared) {
  return withDirections(settings.objective, {
    channelsOf: (layer) => model.hookPoint(layer).channels,
    classes: model.classes,
    pictures: (stages.at(-1)?.shape ?? parametrization.shape)[0],
  });
}

function compileStep(
  { model, settings, parametrization, imageGradient }: StepDefinition,
  expression: ObjectiveExpression,
  { stages, arrays }: Prepared,
  parameters: readonly ParameterArray[],
  step: number,
  placement: Placement,
): Promise<CompiledFunction> {
  const loss = lossFunction(model, expression, parametrization);
  const vectors = vectorsOf(expression);
  const nonlinearities = nonlinearitiesAt(step, settings.gradients);
  const inputs: Named<TensorSpec> = {
    ...named(
      'parameter',
      parameters.map(({ shape }) => ({ shape })),
    ),
    ...named(
      'vector',
      vectors.map(({ length }) => ({ shape: [length] })),
    ),
    ...named('draw', arrays.flat().map(specOf)),
  };
  const run = (tensors: Named<tf.Tensor>) => {
    const leaves = parameters.map((_, index) => tensors[`parameter ${index}`]!);
    const drawn = arrays.flat().map((_, index) => tensors[`draw ${index}`]!);
    const fed = new Map(vectors.map((vector, index) => [vector, tensors[`vector ${index}`] as tf.Tensor1D]));
    if (imageGradient) leaves.push(tf.zeros([...parametrization.shape]));
    const { value, grads } = tf.valueAndGrads((...all: tf.Tensor[]) =>
      loss(all.slice(0, parameters.length), {
        transform: (image) => applyStages(stages, arrays, image, drawn),
        nonlinearities,
        offset: all[parameters.length],
        vector: (values) => fed.get(values)!,
      }),
    )(leaves);
    return { loss: value, ...named('gradient', grads) };
  };
  return compile(run, { inputs, ...placement });
}

function applyStages(
  stages: readonly Stage[],
  arrays: readonly (readonly HostArray[])[],
  image: tf.Tensor4D,
  drawn: readonly tf.Tensor[],
): tf.Tensor4D {
  let begin = 0;
  return stages.reduce((current, stage, index) => {
    const own = drawn.slice(begin, (begin += arrays[index]!.length));
    return applyStage(stage, current, own);
  }, image);
}

function specOf({ shape, values }: HostArray): TensorSpec {
  return { shape, dtype: values instanceof Int32Array ? 'int32' : 'float32' };
}

function evaluationOf(results: Named<Float32Array>, parameters: number): Evaluation {
  const gradient = (index: number) => results[`gradient ${index}`];
  return {
    objective: -results.loss![0]!,
    gradients: Array.from({ length: parameters }, (_, index) => gradient(index)!),
    imageGradient: gradient(parameters) ?? new Float32Array(),
  };
}

/** Equal for steps that may share a compiled function. */
function keyOf(
  { model, settings, parametrization, imageGradient }: StepDefinition,
  expression: ObjectiveExpression,
  { stages, arrays }: Prepared,
  step: number,
  placement: Placement,
): string {
  return JSON.stringify([
    numberOfModel(model),
    settings.parametrization,
    parametrization.shape,
    stages.map((stage, index) => structureOf(stage, arrays[index]!)),
    structureOfObjective(expression),
    Object.keys(nonlinearitiesAt(step, settings.gradients)),
    settings.gradients.maxPoolGradient,
    imageGradient,
    placement,
  ]);
}

function named<T>(name: string, list: readonly T[]): Record<string, T> {
  return Object.fromEntries(list.map((item, index) => [`${name} ${index}`, item]));
}
