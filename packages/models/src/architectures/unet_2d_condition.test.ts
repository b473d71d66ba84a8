import { startBackend, tf } from '@fovea/tensor';
import { beforeAll, describe, expect, test } from 'vitest';
import { UnsupportedConfigurationError } from '../errors.ts';
import { networkOf } from '../network.ts';
import { syntheticInput, syntheticWeight } from '../parity/synthetic-tensor.ts';
import { runNetwork } from '../run-network.ts';
import { disposeWeights, readWeights } from '../weights.ts';
import { unet2dCondition } from './unet_2d_condition.ts';

const small = {
  sample_size: 8,
  block_out_channels: [8, 16],
  down_block_types: ['CrossAttnDownBlock2D', 'DownBlock2D'],
  up_block_types: ['UpBlock2D', 'CrossAttnUpBlock2D'],
  layers_per_block: 1,
  cross_attention_dim: 6,
  attention_head_dim: 2,
  norm_num_groups: 4,
};

function configured(config: object) {
  const tensors = new Map([['time_embedding.linear_1.weight', { shape: [32, 8] }]]);
  return unet2dCondition.configure!({ tensors, config })!;
}

/** What a network of this configuration makes of the same weights, whatever their shapes, and the same inputs. */
async function outcome(config: object, size = 8): Promise<{ shape: number[]; values: tf.TypedArray }> {
  const network = networkOf(configured(config));
  const shapes = new Map(network.tensors.map(({ name, shape }) => [name, shape]));
  const asMatrices = (shape: readonly number[]) => shape.filter((length) => length > 1);
  const weights = await readWeights(network.tensors, {
    read: (name) => Promise.resolve(syntheticWeight(name, asMatrices(shapes.get(name)!))),
  });
  const inputs = {
    sample: tf.tensor(syntheticInput('sample', [1, size, size, 4]), [1, size, size, 4]),
    timestep: tf.tensor1d([321]),
    encoder_hidden_states: tf.tensor(syntheticInput('text', [1, 5, 6]), [1, 5, 6]),
  };
  const { conv_out: output } = runNetwork(network, weights, inputs);
  const found = { shape: output!.shape, values: await output!.data() };
  disposeWeights(weights);
  tf.dispose([inputs, output!]);
  return found;
}

beforeAll(() => startBackend());

test('projects by matrices as by convolutions of the same weights', async () => {
  const convolved = await outcome(small);
  const multiplied = await outcome({ ...small, use_linear_projection: true });
  const differences = convolved.values.map((value, index) => Math.abs(value - multiplied.values[index]!));
  expect(Math.max(...differences)).toBeLessThan(1e-4);
});

test('takes one number of heads for all levels, or one for each', async () => {
  const network = networkOf(configured({ ...small, attention_head_dim: [4, 2] }));
  const pattern = (name: string) => network.hooks.get(`${name}.transformer_blocks.0.attn2.pattern`)!.shape;
  expect(pattern('down_blocks.0.attentions.0')).toEqual([4, 64, 77]);
  expect(pattern('mid_block.attentions.0')).toEqual([2, 16, 77]);
  expect(pattern('up_blocks.1.attentions.1')).toEqual([4, 64, 77]);
});

test('reads latents whose sides cannot be halved evenly', async () => {
  expect((await outcome(small, 9)).shape).toEqual([1, 9, 9, 4]);
});

describe('a configuration', () => {
  test.each([
    [{ down_block_types: ['AttnDownBlock2D', 'DownBlock2D'] }, /down_block_types/],
    [{ dual_cross_attention: true }, /dual_cross_attention/],
    [{ addition_embed_type: 'text_time' }, /addition_embed_type/],
    [{ attention_head_dim: [2, 2, 2] }, /2 entries/],
  ])('with %j is refused, with the reason', (change, reason) => {
    expect(() => configured({ ...small, ...change })).toThrow(UnsupportedConfigurationError);
    expect(() => configured({ ...small, ...change })).toThrow(reason);
  });

  test('of another architecture is left to that', () => {
    expect(unet2dCondition.configure!({ tensors: new Map(), config: {} })).toBeUndefined();
  });
});
