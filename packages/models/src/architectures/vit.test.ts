import { startBackend, tf } from '@fovea/tensor';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { matchCheckpoint } from '../checkpoint-match.ts';
import { InputShapeError, UnsupportedConfigurationError } from '../errors.ts';
import type { Shape } from '../graph.ts';
import type { HookedModel } from '../hooked-model.ts';
import { findVariant } from '../known-architectures.ts';
import { modulesOf, ownNaming, resolveAlias, sourceOf } from '../naming.ts';
import { networkOf } from '../network.ts';
import { syntheticCheckpointOf, syntheticCheckpoint } from '../parity/synthetic-checkpoint.ts';
import { syntheticInput } from '../parity/synthetic-tensor.ts';
import { smallModels } from '../testing/small-models.ts';
import { vit } from './vit.ts';

beforeAll(async () => {
  await startBackend();
});

type Shapes = Record<string, Shape>;

/** The tensors of a published variant as its implementation saves them, with changes. */
function checkpointOf(name: string, change: (shapes: Shapes) => Shapes = (shapes) => shapes) {
  const variant = findVariant(vit, name);
  const { tensors } = syntheticCheckpointOf(networkOf(variant), variant.namings![0]);
  const shapes = Object.fromEntries([...tensors].map(([tensor, { shape }]) => [tensor, shape]));
  return syntheticCheckpoint(Object.entries(change(shapes)));
}

const without = (pattern: RegExp) => (shapes: Shapes) =>
  Object.fromEntries(Object.entries(shapes).filter(([name]) => !pattern.test(name)));

const withTensor = (name: string, shape: Shape) => (shapes: Shapes) => ({ ...shapes, [name]: shape });

describe('every published variant', () => {
  test.each(vit.variants.map((variant) => [variant.name, variant] as const))(
    '%s has a hook point behind each module that it knows',
    (_, variant) => {
      const { hooks } = networkOf(variant);
      for (const naming of variant.namings!) {
        const missing = naming.aliases!.filter(({ hook }) => !hooks.has(hook.replace('{n}', '0')));
        expect(missing).toEqual([]);
      }
    },
  );
});

describe("Hugging Face's names", () => {
  const config = {
    model_type: 'vit',
    hidden_size: 32,
    num_hidden_layers: 2,
    num_attention_heads: 4,
    intermediate_size: 48,
    hidden_act: 'gelu_new',
    layer_norm_eps: 1e-12,
    image_size: 32,
  };

  const around: Shapes = {
    'vit.embeddings.cls_token': [1, 1, 32],
    'vit.embeddings.position_embeddings': [1, 17, 32],
    'vit.embeddings.patch_embeddings.projection.weight': [32, 3, 8, 8],
    'vit.embeddings.patch_embeddings.projection.bias': [32],
    'vit.layernorm.weight': [32],
    'vit.layernorm.bias': [32],
    'classifier.weight': [5, 32],
    'classifier.bias': [5],
  };

  const withBias = (name: string, shape: Shape): Shapes => ({
    [`${name}.weight`]: shape,
    [`${name}.bias`]: [shape[0]!],
  });

  /** As in the files of the hub. */
  const hubBlock = (block: string): Shapes => ({
    ...withBias(`${block}.attention.attention.query`, [32, 32]),
    ...withBias(`${block}.attention.attention.key`, [32, 32]),
    ...withBias(`${block}.attention.attention.value`, [32, 32]),
    ...withBias(`${block}.attention.output.dense`, [32, 32]),
    ...withBias(`${block}.intermediate.dense`, [48, 32]),
    ...withBias(`${block}.output.dense`, [32, 48]),
    ...withBias(`${block}.layernorm_before`, [32]),
    ...withBias(`${block}.layernorm_after`, [32]),
  });

  /** As in transformers 5. */
  const newBlock = (block: string): Shapes => ({
    ...Object.fromEntries(
      ['q', 'k', 'v', 'o'].flatMap((each) =>
        Object.entries(withBias(`${block}.attention.${each}_proj`, [32, 32])),
      ),
    ),
    ...withBias(`${block}.mlp.fc1`, [48, 32]),
    ...withBias(`${block}.mlp.fc2`, [32, 48]),
    ...withBias(`${block}.layernorm_before`, [32]),
    ...withBias(`${block}.layernorm_after`, [32]),
  });

  const tensorsOf = (shapes: Shapes) =>
    new Map(Object.entries(shapes).map(([name, shape]) => [name, { shape }]));

  const hub = { ...around, ...hubBlock('vit.encoder.layer.0'), ...hubBlock('vit.encoder.layer.1') };
  const recent = { ...around, ...newBlock('vit.layers.0'), ...newBlock('vit.layers.1') };

  test.each([
    ['of the hub', hub, 'vit.encoder.layer.1.attention.attention.key.weight'],
    ['of transformers 5', recent, 'vit.layers.1.attention.k_proj.weight'],
  ])('%s are read', (_, shapes, key) => {
    const { network, naming, variant } = matchCheckpoint(vit, { tensors: tensorsOf(shapes), config });
    const spec = network.tensors.find(({ name }) => name === 'blocks.1.attn.k.weight')!;
    expect(sourceOf(naming, spec).name).toBe(key);
    expect(network.hooks.get('blocks.0.attn.pattern')!.shape).toEqual([4, 17, 17]);
    expect(network.hooks.get('blocks.0.mlp.post')!.hook!.kind).toBe('gelu_tanh');
    expect(variant.preprocessing).toMatchObject({ height: 32, width: 32, mean: [0.5, 0.5, 0.5] });
  });

  test('without a prefix are those of a model without a task, which may have a pooler', () => {
    const bare = Object.fromEntries(
      Object.entries(hub)
        .filter(([name]) => !name.startsWith('classifier'))
        .map(([name, shape]) => [name.replace(/^vit\./, ''), shape]),
    );
    const pooled = { ...bare, ...withBias('pooler.dense', [32, 32]) };
    expect(matchCheckpoint(vit, { tensors: tensorsOf(bare), config }).network.output).toBe('pooled');
    expect(matchCheckpoint(vit, { tensors: tensorsOf(pooled), config }).network.output).toBe('pooler');
  });

  test('of both generations of modules lead to the same hook points', () => {
    const { naming } = matchCheckpoint(vit, { tensors: tensorsOf(hub), config });
    for (const module of ['vit.layers.1.mlp.fc1', 'vit.encoder.layer.1.intermediate.dense'])
      expect(resolveAlias(naming.aliases!, module)).toBe('blocks.1.mlp.pre');
    expect(modulesOf(naming.aliases!, 'blocks.1.resid_post')).toContain('vit.layers.1');
  });

  test('of an activation that we do not have are refused by its name', () => {
    const tensors = tensorsOf(hub);
    expect(() => matchCheckpoint(vit, { tensors, config: { ...config, hidden_act: 'mish' } })).toThrow(
      /its activation mish is none of gelu/,
    );
  });
});

describe('a checkpoint that was not published', () => {
  test('takes from its configuration what the shapes do not say', () => {
    const { tensors } = checkpointOf('vit_base_patch16_gap_224');
    const config = {
      architecture: 'vit_base_patch16_gap_224',
      pretrained_cfg: { input_size: [3, 224, 224], mean: [0, 0, 0], std: [1, 1, 1], crop_pct: 0.8 },
    };
    const { variant, network } = matchCheckpoint(vit, { tensors, config });
    expect(network.hooks.get('blocks.0.attn.z')!.shape).toEqual([196, 16, 48]);
    expect(variant.preprocessing).toMatchObject({ mean: [0, 0, 0], crop: 0.8, height: 224 });
  });

  test('is named by its sizes, with other classes, channels and image', () => {
    const checkpoint = checkpointOf('vit_tiny_patch16_224', (shapes) => ({
      ...shapes,
      pos_embed: [1, 17, 192],
      'patch_embed.proj.weight': [192, 1, 16, 16],
      'head.weight': [7, 192],
      'head.bias': [7],
    }));
    const { variant, network } = matchCheckpoint(vit, checkpoint);
    expect(variant.name).toBe('vit_192x12_patch16_64');
    expect(variant.preprocessing.mean).toEqual([0.5]);
    expect(network.inputs[0]!.shape).toEqual([64, 64, 1]);
    expect(network.hooks.get('logits')!.shape).toEqual([7]);
  });

  test('of an image that is not square needs a configuration that says so', () => {
    const checkpoint = checkpointOf('vit_tiny_patch16_224', withTensor('pos_embed', [1, 9, 192]));
    const config = { img_size: [32, 64] };
    const { network } = matchCheckpoint(vit, { tensors: checkpoint.tensors, config });
    expect(network.inputs[0]!.shape).toEqual([32, 64, 3]);
  });

  test('that Meta published with registers has positions for the class token and the patches', () => {
    const { tensors } = checkpointOf('vit_small_patch14_reg4_dinov2', (shapes) => ({
      ...without(/^reg_token$/)(shapes),
      pos_embed: [1, 1370, 384],
      register_tokens: [1, 4, 384],
      mask_token: [1, 384],
    }));
    const { network } = matchCheckpoint(vit, { tensors });
    expect(network.hooks.get('pos_embed')!.shape).toEqual([1370, 384]);
    expect(network.hooks.get('full_embed')!.shape).toEqual([1374, 384]);
  });

  test.each([
    ['pools by attention', withTensor('attn_pool.latent', [1, 1, 192]), /it pools by attention/],
    ['normalises queries', withTensor('blocks.0.attn.q_norm.weight', [64]), /normalises queries/],
    ['has gated perceptrons', withTensor('blocks.0.mlp.fc1.weight', [1536, 192]), /but gated/],
    ['has patches that are not square', withTensor('patch_embed.proj.weight', [192, 3, 16, 8]), /16 by 8/],
  ])('that %s is refused', (_, change, message) => {
    const checkpoint = checkpointOf('vit_tiny_patch16_224', change);
    expect(() => matchCheckpoint(vit, checkpoint)).toThrow(UnsupportedConfigurationError);
    expect(() => matchCheckpoint(vit, checkpoint)).toThrow(message);
  });
});

describe('a small one', () => {
  let model: HookedModel;
  let image: tf.Tensor;

  beforeAll(async () => {
    model = await smallModels.find(({ name }) => name === 'test_vit')!.load();
    image = tf.tensor(syntheticInput('image', [2, 32, 32, 3]), [2, 32, 32, 3]);
  });
  afterAll(() => {
    model.dispose();
    image.dispose();
  });

  test('refuses an image of another size than that of its positions', () => {
    const larger = tf.zeros([1, 48, 32, 3]);
    expect(() => tf.tidy(() => model.run(larger))).toThrow(InputShapeError);
    expect(() => tf.tidy(() => model.run(larger))).toThrow(/nominally \[batch, 32, 32, 3\]/);
    larger.dispose();
  });

  test('has queries, keys and values together only when they are asked for, and then in effect', async () => {
    const layer = 'blocks.1.attn';
    const seen: string[] = [];
    tf.tidy(() =>
      model.run(image, {
        hook: Object.assign((name: string) => void seen.push(name), {
          wants: (name: string) => name.endsWith('.q'),
        }),
      }),
    );
    expect(seen).not.toContain(`${layer}.qkv`);
    const [whole, ablated] = tf.tidy(() => {
      const values = model.run(image, { until: ['q', 'k', 'v', 'qkv'].map((part) => `${layer}.${part}`) });
      const merged = ['q', 'k', 'v'].map((part) => values[`${layer}.${part}`]!.reshape([2, 5, 64]));
      const without = model.run(image, {
        until: [`${layer}.v`],
        hook: Object.assign((_: string, value: tf.Tensor) => tf.zerosLike(value), {
          wants: (name: string) => name === `${layer}.qkv`,
        }),
      });
      return [
        values[`${layer}.qkv`]!.sub(tf.concat(merged, -1)).abs().max(),
        without[`${layer}.v`]!.abs().max(),
      ];
    });
    expect((await whole!.data())[0]).toBeLessThan(1e-6);
    expect((await ablated!.data())[0]).toBe(0);
    tf.dispose([whole!, ablated!]);
  });

  test('resolves modules of its reference', () => {
    expect(model.hookPoint('blocks.1.mlp.act').name).toBe('blocks.1.mlp.post');
    expect(model.hookPoint('patch_embed.proj').name).toBe('patch_embed');
    expect(model.naming.name).not.toBe(ownNaming.name);
  });
});
