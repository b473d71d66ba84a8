import { describe, expect, test } from 'vitest';
import { findArchitecture, findVariant } from '../../known-architectures.ts';
import { networkOf } from '../../network.ts';

function networkNamed(architecture: string, variant: string) {
  return networkOf(findVariant(findArchitecture(architecture), variant));
}

test.each([
  ['unet_2d_condition', 'stable_diffusion_1_unet', 859_520_964],
  ['unet_2d_condition', 'stable_diffusion_2_unet', 865_910_724],
  ['autoencoder_kl', 'stable_diffusion_vae', 83_653_863],
  ['clip_text_model', 'stable_diffusion_1_text_encoder', 123_060_480],
  ['clip_text_model', 'stable_diffusion_2_text_encoder', 340_387_840],
])('%s as %s has the published number of parameters', (architecture, variant, parameters) => {
  expect(networkNamed(architecture, variant).parameters).toBe(parameters);
});

describe('the U-Net of Stable Diffusion 1, drawn without its weights, has', () => {
  const { hookPoints, inputs } = networkNamed('unet_2d_condition', 'stable_diffusion_1_unet');
  const shapes = new Map(hookPoints.map(({ name, shape }) => [name, shape]));

  test('three inputs', () => {
    expect(inputs.map(({ name, shape }) => [name, shape])).toEqual([
      ['sample', [64, 64, 4]],
      ['timestep', []],
      ['encoder_hidden_states', [77, 768]],
    ]);
  });

  test('hook points in every block, by their names in diffusers', () => {
    expect(shapes.get('conv_in')).toEqual([64, 64, 320]);
    expect(shapes.get('time_embedding')).toEqual([1280]);
    expect(shapes.get('down_blocks.3.resnets.1.conv2')).toEqual([8, 8, 1280]);
    expect(shapes.get('mid_block.attentions.0')).toEqual([8, 8, 1280]);
    expect(shapes.get('up_blocks.1.resnets.2.norm1')).toEqual([16, 16, 1920]);
    expect(shapes.get('conv_out')).toEqual([64, 64, 4]);
  });

  test('self-attention and cross-attention by head', () => {
    const block = 'up_blocks.3.attentions.2.transformer_blocks.0';
    expect(shapes.get(`${block}.attn1.pattern`)).toEqual([8, 4096, 4096]);
    expect(shapes.get(`${block}.attn2.pattern`)).toEqual([8, 4096, 77]);
    expect(shapes.get(`${block}.attn2.z`)).toEqual([4096, 8, 40]);
    expect(shapes.get(`${block}.mlp.post`)).toEqual([4096, 1280]);
    expect(shapes.get(`${block}.resid_post`)).toEqual([4096, 320]);
  });
});
