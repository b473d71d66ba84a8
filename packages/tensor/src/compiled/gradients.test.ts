import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '../backends/ladder.ts';
import { gradientCases, type GradientCase } from '../gradient-cases.ts';
import { maxRelativeError, type CaseRunner } from '../gradient-check.ts';
import { compile, type CompiledFunction } from './compile.ts';
import { runtimeProblem } from './testing/runtime-problem.ts';

const tolerance = 1e-3;
const problem = await runtimeProblem();

describe.skipIf(problem !== undefined)(`compiled gradients equal finite differences ${problem ?? ''}`, () => {
  const compiled: CompiledFunction[] = [];

  beforeAll(async () => {
    await startBackend({ force: 'cpu' });
  });
  afterAll(async () => {
    await Promise.all(compiled.map((one) => one.dispose()));
  });

  test.for(gradientCases)('$op', async (gradientCase) => {
    const runner = await compiledRunner(gradientCase, compiled);
    expect(await maxRelativeError(gradientCase, runner)).toBeLessThan(tolerance);
  });
});

async function compiledRunner(
  { inputs, run }: GradientCase,
  compiled: CompiledFunction[],
): Promise<CaseRunner> {
  const specs = Object.fromEntries(inputs.map(({ shape }, index) => [index, { shape }]));
  const operands = (tensors: Readonly<Record<string, tf.Tensor>>) =>
    inputs.map((_, index) => tensors[index]!);
  const value = await compile((tensors) => ({ y: run(...operands(tensors)) }), { inputs: specs, threads: 1 });
  const weights = { shape: value.outputs.y!.shape };
  const gradient = await compile(
    (tensors) => {
      const objective = (...xs: tf.Tensor[]) => tf.sum(tf.mul(run(...xs), tensors.weights!));
      return named(tf.grads(objective)(operands(tensors)));
    },
    { inputs: { ...specs, weights }, threads: 1 },
  );
  compiled.push(value, gradient);
  return {
    value: async (values) => (await value.run(named(values))).y!,
    gradients: async (values, given) =>
      Object.values(await gradient.run({ ...named(values), weights: given })),
  };
}

function named<T>(list: readonly T[]): Record<string, T> {
  return Object.fromEntries(list.entries());
}
