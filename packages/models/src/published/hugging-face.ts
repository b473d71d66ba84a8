/**
 * Checkpoints on Hugging Face, with the configuration beside them. Its Git LFS pointers state length and sha256 of
 * the weights.
 */
import type { PublishedFile, PublishedModel } from './published-model.ts';

const host = 'https://huggingface.co';

function weights(repository: string, path: string): PublishedFile {
  return {
    url: `${host}/${repository}/resolve/main/${path}`,
    lfsPointer: `${host}/${repository}/raw/main/${path}`,
  };
}

function text(repository: string, path: string): PublishedFile {
  return { url: `${host}/${repository}/resolve/main/${path}` };
}

/** timm's names say architecture, training and data: `<variant>.<training>`. */
function ofTimm(architecture: string, license: string, ...names: string[]): PublishedModel[] {
  return names.map((name) => ({
    name,
    architecture,
    files: [weights(`timm/${name}`, 'model.safetensors'), text(`timm/${name}`, 'config.json')],
    license,
    page: `${host}/timm/${name}`,
  }));
}

/** A network of a diffusers repository, which has a folder for each. */
function ofStableDiffusion(
  component: string,
  architecture: string,
  file: string,
  known: Required<Pick<PublishedFile, 'bytes' | 'sha256'>>,
): PublishedModel {
  const repository = 'stable-diffusion-v1-5/stable-diffusion-v1-5';
  const { url } = weights(repository, `${component}/${file}`);
  return {
    name: `stable-diffusion-1.5-${component.replace('_', '-')}`,
    architecture,
    files: [{ url, ...known }, text(repository, `${component}/config.json`)],
    license: 'CreativeML Open RAIL-M',
    page: `${host}/${repository}`,
  };
}

export const huggingFaceModels: readonly PublishedModel[] = [
  ...ofTimm(
    'vit',
    'Apache-2.0',
    'vit_tiny_patch16_224.augreg_in21k_ft_in1k',
    'vit_small_patch16_224.augreg_in21k_ft_in1k',
    'vit_base_patch16_224.augreg_in21k_ft_in1k',
    'vit_base_patch32_224.augreg_in21k_ft_in1k',
    'vit_large_patch16_224.augreg_in21k_ft_in1k',
    'deit_tiny_patch16_224.fb_in1k',
    'deit_small_patch16_224.fb_in1k',
    'deit_base_patch16_224.fb_in1k',
    'deit3_small_patch16_224.fb_in1k',
    'vit_small_patch14_dinov2.lvd142m',
    'vit_base_patch14_dinov2.lvd142m',
    'vit_small_patch14_reg4_dinov2.lvd142m',
    'vit_base_patch14_reg4_dinov2.lvd142m',
  ),
  ...ofTimm('resnet', 'Apache-2.0', 'resnet18.a1_in1k', 'resnet34.a1_in1k', 'resnet50.a1_in1k'),
  ...ofTimm(
    'convnext',
    'Apache-2.0',
    'convnext_tiny.fb_in1k',
    'convnext_small.fb_in1k',
    'convnext_base.fb_in1k',
  ),
  ...ofTimm(
    'convnext',
    'CC-BY-NC-4.0',
    'convnextv2_atto.fcmae_ft_in1k',
    'convnextv2_nano.fcmae_ft_in1k',
    'convnextv2_tiny.fcmae_ft_in1k',
    'convnextv2_base.fcmae_ft_in1k',
  ),
  {
    name: 'google-vit-base-patch16-224',
    architecture: 'vit',
    files: [
      weights('google/vit-base-patch16-224', 'model.safetensors'),
      text('google/vit-base-patch16-224', 'config.json'),
      text('google/vit-base-patch16-224', 'preprocessor_config.json'),
    ],
    license: 'Apache-2.0',
    page: `${host}/google/vit-base-patch16-224`,
  },
  {
    name: 'CLIP-ViT-B-32-laion2B-s34B-b79K',
    architecture: 'clip',
    variant: 'clip_vit_b_32',
    files: [
      weights('laion/CLIP-ViT-B-32-laion2B-s34B-b79K', 'open_clip_pytorch_model.bin'),
      text('laion/CLIP-ViT-B-32-laion2B-s34B-b79K', 'open_clip_config.json'),
    ],
    license: 'MIT',
    page: `${host}/laion/CLIP-ViT-B-32-laion2B-s34B-b79K`,
  },
  ofStableDiffusion('unet', 'unet_2d_condition', 'diffusion_pytorch_model.safetensors', {
    bytes: 3438167540,
    sha256: '19da7aaa4b880e59d56843f1fcb4dd9b599c28a1d9d9af7c1143057c8ffae9f1',
  }),
  ofStableDiffusion('vae', 'autoencoder_kl', 'diffusion_pytorch_model.safetensors', {
    bytes: 334643276,
    sha256: 'a2b5134f4dbc140d9c11f11cba3233099e00af40f262f136c691fb7d38d2194c',
  }),
  ofStableDiffusion('text_encoder', 'clip_text_model', 'model.safetensors', {
    bytes: 492265874,
    sha256: 'd008943c017f0092921106440254dbbe00b6a285f7883ec8ba160c3faad88334',
  }),
];
