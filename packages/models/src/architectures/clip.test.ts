import { startBackend, tf } from '@fovea/tensor';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { matchCheckpoint } from '../checkpoint-match.ts';
import { TooManyPositionsError, UnsupportedConfigurationError } from '../errors.ts';
import type { HookedModel } from '../hooked-model.ts';
import { findVariant } from '../known-architectures.ts';
import { networkOf } from '../network.ts';
import { syntheticCheckpointOf } from '../parity/synthetic-checkpoint.ts';
import { smallModels } from '../testing/small-models.ts';
import { clip } from './clip.ts';
import { huggingFaceNaming, openaiNaming } from './clip/namings.ts';
import { openaiModels } from './clip/published.ts';

function published(name: string) {
  const variant = findVariant(clip, name);
  return { variant, network: networkOf(variant) };
}

test.each([
  ['clip_vit_b_32', 151_277_313],
  ['clip_vit_b_16', 149_620_737],
  ['clip_vit_l_14', 427_616_513],
  ['clip_vit_h_14', 986_109_441],
  ['clip_vit_g_14', 1_366_678_273],
])('%s has the published number of parameters', (name, parameters) => {
  expect(published(name).network.parameters).toBe(parameters);
});

test.each([
  ['clip_rn50', 102_007_137],
  ['clip_rn101', 119_688_033],
  ['clip_rn50x4', 178_300_601],
  ['clip_rn50x16', 290_979_217],
  ['clip_rn50x64', 623_258_305],
])('%s has the published number of parameters, apart from statistics', (name, parameters) => {
  const { tensors } = published(name).network;
  const trained = tensors.filter((tensor) => !/running_(mean|var)$/.test(tensor.name));
  const count = trained.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
  expect(count).toBe(parameters);
});

describe('a checkpoint', () => {
  const quick = published('clip_rn50_quickgelu');

  function tensorsOf({ variant, network }: typeof quick, naming = variant.namings![0]) {
    return syntheticCheckpointOf(network, naming).tensors;
  }

  test('with the sizes that only OpenAI stores is one with quick GELU', () => {
    const tensors = new Map([...tensorsOf(quick), ['input_resolution', { shape: [] }] as const]);
    expect(matchCheckpoint(clip, { tensors }).variant.name).toBe('clip_rn50_quickgelu');
  });

  test('without them could be either', () => {
    const { variant, alsoFit } = matchCheckpoint(clip, { tensors: tensorsOf(quick) });
    expect([variant.name, ...alsoFit]).toEqual(['clip_rn50', 'clip_rn50_quickgelu']);
  });

  test('with a configuration of published sizes has the published name', () => {
    const { variant } = published('clip_vit_b_32_quickgelu');
    const tensors = tensorsOf(published(variant.name), huggingFaceNaming);
    const match = matchCheckpoint(clip, {
      tensors,
      config: { projection_dim: 512, text_config: {}, vision_config: {} },
    });
    expect(match.variant.name).toBe('clip_vit_b_32_quickgelu');
    expect(match.naming.name).toBe('transformers');
  });

  test("is of the form that open_clip's configuration says", () => {
    const config = {
      model_cfg: {
        embed_dim: 512,
        vision_cfg: { image_size: 224, layers: 12, width: 768, patch_size: 32 },
        text_cfg: { context_length: 77, vocab_size: 49408, width: 512, heads: 8, layers: 12 },
      },
    };
    const tensors = tensorsOf(published('clip_vit_b_32'));
    expect(matchCheckpoint(clip, { tensors, config }).variant.name).toBe('clip_vit_b_32');
    const other = { model_cfg: { ...config.model_cfg, quick_gelu: true } };
    expect(matchCheckpoint(clip, { tensors, config: other }).variant.name).toBe('clip_vit_b_32_quickgelu');
  });

  test('of sizes that nobody published is drawn from its shapes', () => {
    const size = openaiModels.find(({ name }) => name === 'clip_vit_b_32_quickgelu')!.size;
    const smaller = { ...size, text: { ...size.text, layers: 2 } };
    const config = {
      projection_dim: 512,
      text_config: { num_hidden_layers: 2 },
      vision_config: {},
    };
    const tensors = syntheticCheckpointOf(
      networkOf(clip.configure!({ tensors: tensorsOf(quick), config })!),
      openaiNaming(smaller, false),
    ).tensors;
    const { network, variant } = matchCheckpoint(clip, { tensors });
    expect(variant.name).toBe('clip_vit_768x12_patch32_224');
    expect(network.hooks.has('text.blocks.1.resid_post')).toBe(true);
    expect(network.hooks.has('text.blocks.2.resid_post')).toBe(false);
  });

  test('with a tower that is not of CLIP is refused, with its name', () => {
    const config = {
      model_cfg: {
        embed_dim: 512,
        vision_cfg: { layers: 12, timm_model_name: 'convnext_base' },
        text_cfg: {},
      },
    };
    const configure = () => clip.configure!({ tensors: tensorsOf(quick), config });
    expect(configure).toThrow(UnsupportedConfigurationError);
    expect(configure).toThrow(/convnext_base/);
  });
});

describe('a small CLIP', () => {
  let model: HookedModel;

  beforeAll(async () => {
    await startBackend();
    model = await smallModels
      .find(({ name, architecture }) => architecture === 'clip' && name === 'with a vision transformer')!
      .load();
  });

  afterAll(() => model.dispose());

  const ids = (rows: number[][]) => tf.tensor2d(rows, undefined, 'int32');

  test('reads images without a text, and texts without an image', () => {
    tf.tidy(() => {
      const image = tf.randomNormal([1, 16, 16, 3], 0, 1, 'float32', 1);
      expect(model.run(image, { until: ['image_embeds'] }).image_embeds!.shape).toEqual([1, 8]);
      const tokens = ids([[14, 3, 15, 0, 0, 0]]);
      expect(model.run({ tokens }, { until: ['text_embeds'] }).text_embeds!.shape).toEqual([1, 8]);
    });
  });

  test('takes the text at its end, whatever follows, and however long the context is', () => {
    tf.tidy(() => {
      const embeds = (tokens: tf.Tensor) => model.run({ tokens }, { until: ['text_embeds'] }).text_embeds!;
      const [zeros, ends] = [embeds(ids([[14, 3, 15, 0, 0, 0]])), embeds(ids([[14, 3, 15, 15, 15, 15]]))];
      const short = embeds(ids([[14, 3, 15]]));
      expect(zeros.sub(ends).abs().max().dataSync()[0]).toBe(0);
      expect(zeros.sub(short).abs().max().dataSync()[0]).toBeLessThan(1e-6);
    });
  });

  test('refuses a text that is longer than its context', () => {
    const tokens = ids([[14, 3, 2, 2, 2, 2, 15]]);
    expect(() => tf.tidy(() => void model.run({ tokens }, { until: ['text_embeds'] }))).toThrow(
      TooManyPositionsError,
    );
    tokens.dispose();
  });

  test('compares each image with each text', () => {
    tf.tidy(() => {
      const image = tf.randomNormal([3, 16, 16, 3], 0, 1, 'float32', 1);
      const tokens = ids([
        [14, 3, 15, 0, 0, 0],
        [14, 7, 2, 15, 0, 0],
      ]);
      const until = ['logits_per_image', 'logits_per_text', 'image_embeds'];
      const values = model.run({ image, tokens }, { until });
      expect(values.logits_per_image!.shape).toEqual([3, 2]);
      const transposed = values.logits_per_text!.transpose();
      expect(values.logits_per_image!.sub(transposed).abs().max().dataSync()[0]).toBeLessThan(1e-6);
      for (const length of values.image_embeds!.square().sum(1).dataSync()) expect(length).toBeCloseTo(1, 5);
    });
  });
});
