import { startBackend, tf } from '@fovea/tensor';
import { Matrix } from 'ml-matrix';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SelectionError, UnknownLayerError } from './errors.ts';
import { product } from './factored-matrix.ts';
import { headCircuits, headComposition } from './head-circuits.ts';
import type { HookedModel } from './hooked-model.ts';
import { hookedModel } from './model.ts';
import { syntheticInput } from './parity/synthetic-tensor.ts';
import { smallModels } from './testing/small-models.ts';
import { processWeights } from './weight-processing/process-weights.ts';

const attention = 'blocks.2.attn';
let model: HookedModel;
let image: tf.Tensor;

beforeAll(async () => {
  await startBackend();
  model = await smallModels.find(({ name }) => name === 'test_vit')!.load();
  image = tf.tensor(syntheticInput('image', [1, 32, 32, 3]), [1, 32, 32, 3]);
});

afterAll(() => {
  model.dispose();
  image.dispose();
});

async function matrixAt(layer: string, of = model, pick = (value: tf.Tensor) => value): Promise<Matrix> {
  const value = tf.tidy(() => pick(of.run(image, { until: [layer] })[layer]!.squeeze([0])));
  const [rows, columns] = value.shape as [number, number];
  const matrix = Matrix.from1DArray(rows, columns, await value.data<'float32'>());
  value.dispose();
  return matrix;
}

test('what a head writes is its pattern over what OV makes of the stream', async () => {
  // Without a bias of the values, which OV leaves out.
  const folded = processWeights(model, ['foldValueBiases']);
  for (const head of [0, 1]) {
    const { ov } = await headCircuits(folded, attention, head);
    const read = await matrixAt('blocks.2.ln1', folded);
    const pattern = await matrixAt(`${attention}.pattern`, folded, (value) =>
      value.gather(tf.tensor1d([head], 'int32')).squeeze([0]),
    );
    const written = await matrixAt(`${attention}.result`, folded, (value) =>
      value.gather(tf.tensor1d([head], 'int32'), 1).squeeze([1]),
    );
    const expected = pattern.mmul(read).mmul(product(ov));
    expect(Matrix.sub(written, expected).norm()).toBeLessThan(1e-5 * expected.norm());
  }
  folded.dispose();
});

test('scores are what QK makes of the stream, apart from biases', async () => {
  const weights = new Map(
    [...model.weights].map(([name, value]) => [
      name,
      /attn\.[qk]\.bias$/.test(name) ? tf.zerosLike(value) : value.clone(),
    ]),
  );
  const unbiased = hookedModel(model, model.network, weights);
  const { qk } = await headCircuits(unbiased, attention, 1);
  const read = await matrixAt('blocks.2.ln1', unbiased);
  const scores = await matrixAt(`${attention}.scores`, unbiased, (value) =>
    value.gather(tf.tensor1d([1], 'int32')).squeeze([0]),
  );
  const width = model.hookPoint(`${attention}.z`).channels;
  const expected = read.mmul(product(qk)).mmul(read.transpose()).div(Math.sqrt(width));
  expect(Matrix.sub(scores, expected).norm()).toBeLessThan(1e-5 * expected.norm());
  unbiased.dispose();
});

test('heads of random weights compose about as much as random matrices do', async () => {
  const composition = headComposition(
    await headCircuits(model, 'blocks.0.attn', 0),
    await headCircuits(model, 'blocks.3.attn', 1),
  );
  for (const score of Object.values(composition)) {
    expect(score).toBeGreaterThan(0.03);
    expect(score).toBeLessThan(0.4);
  }
});

test('refuses layers and heads that are not there', async () => {
  await expect(headCircuits(model, 'blocks.9.attn', 0)).rejects.toThrow(UnknownLayerError);
  await expect(headCircuits(model, attention, 2)).rejects.toThrow(SelectionError);
});
