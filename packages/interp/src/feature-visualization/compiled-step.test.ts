import {
  compiledCache,
  randomFor,
  RuntimeUnavailableError,
  runtimeVersion,
  startBackend,
} from '@fovea/tensor';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ObjectiveExpression } from '../objective/expression.ts';
import { parametrizationOf, type ParametrizationOptions } from '../parametrization/build.ts';
import { tinyModel } from '../testing/tiny-model.ts';
import type { TransformExpression } from '../transform/expression.ts';
import { transformList } from '../transform/lists.ts';
import { compiledStep } from './compiled-step.ts';
import type { FeatureVisualizationSettings } from './settings.ts';
import { eagerStep, type Evaluation, type StepDefinition } from './step.ts';

const problem = await runtimeVersion().then(
  () => undefined,
  (error: unknown) => {
    if (error instanceof RuntimeUnavailableError) return error.message;
    throw error;
  },
);

const size = { batch: 1, height: 30, width: 32 };
const settings: FeatureVisualizationSettings = {
  objective: { type: 'channel', layer: 'relu', channel: 1 },
  parametrization: { kind: 'fft', ...size },
  transforms: transformList('lucid', { width: 32, alpha: false }),
  optimizer: { name: 'adam', learningRate: 0.05 },
  gradients: { redirectedRelu: false, maxPoolGradient: 'exact' },
  steps: 20,
};

function definitionOf(changes: Partial<FeatureVisualizationSettings>, model = tinyModel()): StepDefinition {
  const changed = { ...settings, ...changes };
  const parametrization = parametrizationOf(changed.parametrization);
  const imageGradient = changed.parametrization.kind === 'maco';
  return { model, settings: changed, parametrization, seed: 5, imageGradient };
}

/** Of a picture with contrast: in a flat one, every difference is rounding. */
const parametersOf = ({ parametrization, settings: { parametrization: options } }: StepDefinition) => {
  const contrast = options.kind === 'cppn' ? 1 : 30;
  const initial = parametrization.initial(randomFor(5, 0, 'parameters'));
  return initial.map(({ shape, values }) => ({ shape, values: values.map((value) => contrast * value) }));
};

function expectAlike(actual: Evaluation, expected: Evaluation): void {
  const tolerance = 1e-5 * Math.max(1, Math.abs(expected.objective));
  expect(Math.abs(actual.objective - expected.objective)).toBeLessThan(tolerance);
  const pairs = [
    ...expected.gradients.map((gradient, index) => [actual.gradients[index]!, gradient] as const),
    [actual.imageGradient, expected.imageGradient] as const,
  ];
  for (const [gradient, eager] of pairs) {
    expect(gradient.length).toBe(eager.length);
    const largest = eager.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const worst = eager.reduce((most, value, index) => Math.max(most, Math.abs(value - gradient[index]!)), 0);
    expect(worst).toBeLessThanOrEqual(1e-4 * largest);
  }
}

describe.skipIf(problem !== undefined)(`a compiled step ${problem ?? ''}`, () => {
  beforeAll(async () => {
    await startBackend({ force: 'wasm', threads: 1 });
  });

  const parametrizations: readonly ParametrizationOptions[] = [
    ...(['fft', 'pixel', 'laplacian', 'lowres', 'cppn', 'maco'] as const).map((kind) => ({ kind, ...size })),
    { kind: 'fft', ...size, batch: 2, alpha: true },
    { kind: 'fft', ...size, grayscale: true },
    { kind: 'pixel', ...size, decorrelate: false },
  ];

  test.for(parametrizations)('evaluates like the eager one, $kind of $batch', async (parametrization) => {
    const alpha = parametrization.alpha === true;
    const definition = definitionOf({
      parametrization,
      transforms: transformList('lucid', { width: 32, alpha }),
    });
    const parameters = parametersOf(definition);
    const [compiled, eager] = [compiledStep(definition), eagerStep(definition)];
    for (const step of [0, 1, 2])
      expectAlike(await compiled.evaluate(parameters, step), await eager.evaluate(parameters, step));
  });

  const lists: Record<string, readonly TransformExpression[]> = {
    none: [],
    'captum-optim': transformList('captum-optim', { width: 32, alpha: false }),
    xplique: transformList('xplique', { width: 32, alpha: false }),
    maco: [{ type: 'randomCrops', crops: 3, boxFrom: 0.9, boxTo: 0.4, noise: 0.04 }],
    normalized: [{ type: 'normalizeGradient' }, { type: 'jitter', distance: 4 }],
  };

  test.for(Object.entries(lists))('evaluates like the eager one, transforms %s', async ([, transforms]) => {
    const definition = definitionOf({ transforms });
    const parameters = parametersOf(definition);
    for (const step of [0, 7])
      expectAlike(
        await compiledStep(definition).evaluate(parameters, step),
        await eagerStep(definition).evaluate(parameters, step),
      );
  });

  const vector = [1, -0.5, 0.25, 2];
  const objectives: readonly ObjectiveExpression[] = [
    { type: 'neuron', layer: 'conv', channel: 2, x: 3 },
    { type: 'direction', layer: 'conv', vector, cossimPow: 2 },
    { type: 'directionNeuron', layer: 'relu', vector },
    { type: 'directionCossim', layer: 'conv', vector },
    { type: 'tensorDirection', layer: 'conv', tensor: [[vector, vector]] },
    { type: 'deepdream', layer: 'conv' },
    { type: 'totalVariation' },
    { type: 'l1', constant: 0.5 },
    { type: 'l2', layer: 'relu' },
    { type: 'blurInputEachStep' },
    { type: 'penalizeBoundaryComplexity', w: 4 },
    { type: 'alignment', layer: 'conv' },
    { type: 'diversity', layer: 'conv' },
    { type: 'classLogit', layer: 'logits', label: 1 },
    { type: 'neuronWeight', layer: 'conv', weights: vector },
    { type: 'channelWeight', layer: 'conv', weights: vector },
    { type: 'localgroupWeight', layer: 'conv', weights: vector, wx: 2, wy: 3 },
    { type: 'channelInterpolate', layer1: 'conv', channel1: 0, layer2: 'relu', channel2: 1 },
    {
      type: 'subtract',
      left: {
        type: 'sum',
        of: [
          { type: 'channel', layer: 'conv', channel: 0 },
          { type: 'channel', layer: 'conv', channel: 3, batch: 1 },
        ],
      },
      right: { type: 'scale', factor: 1e-3, of: { type: 'totalVariation' } },
    },
  ];

  test.for(objectives)('evaluates like the eager one, objective $type', async (objective) => {
    const parametrization = { kind: 'pixel', ...size, batch: 2 } as const;
    const definition = definitionOf({ objective, parametrization });
    const parameters = parametersOf(definition);
    expectAlike(
      await compiledStep(definition).evaluate(parameters, 3),
      await eagerStep(definition).evaluate(parameters, 3),
    );
  });

  test.for([
    { redirectedRelu: true, maxPoolGradient: 'exact' },
    { redirectedRelu: false, maxPoolGradient: 'l2' },
  ] as const)('evaluates like the eager one, gradients of %o', async (gradients) => {
    const definition = definitionOf({ gradients }, tinyModel({ bias: -100 }));
    const parameters = parametersOf(definition);
    for (const step of [15, 16])
      expectAlike(
        await compiledStep(definition).evaluate(parameters, step),
        await eagerStep(definition).evaluate(parameters, step),
      );
  });

  const lucid = transformList('lucid', { width: 32, alpha: false });

  test.for([
    { title: 'each size that is drawn', transforms: lucid, least: 2, most: 11 },
    {
      title: 'all of them where the last is the same',
      transforms: [...lucid, { type: 'resize', height: 32, width: 32 } as const],
      least: 1,
      most: 1,
    },
  ])('is compiled once for all units of a layer, and for $title', async ({ transforms, least, most }) => {
    let compiled = 0;
    const cache = compiledCache();
    const counting: typeof cache = {
      ...cache,
      lease: (key, compile) =>
        cache.lease(key, () => {
          compiled++;
          return compile();
        }),
    };
    const model = tinyModel();
    for (const channel of [0, 3]) {
      const objective = { type: 'channel', layer: 'relu', channel } as const;
      const definition = definitionOf({ objective, transforms, steps: 60 }, model);
      const [step, eager] = [compiledStep(definition, { cache: counting }), eagerStep(definition)];
      const parameters = parametersOf(definition);
      for (let index = 0; index < 60; index++) {
        const evaluation = await step.evaluate(parameters, index);
        if (index % 20 === 0) expectAlike(evaluation, await eager.evaluate(parameters, index));
      }
    }
    expect(compiled).toBeGreaterThanOrEqual(least);
    expect(compiled).toBeLessThanOrEqual(most);
    cache.clear();
  });
});
