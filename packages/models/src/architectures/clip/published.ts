/** The CLIPs that OpenAI and open_clip published. */
import type { Activation } from '../../blocks/index.ts';
import type { ClipSize, ModifiedResNetSize, TextSize, VisionTransformerSize } from './config.ts';

export interface PublishedClip {
  readonly name: string;
  readonly size: ClipSize;
}

const epsilon = 1e-5;

type ResNetRow = [name: string, blocks: number[], width: number, size: number, embed: number, text: number];

const resNets: ResNetRow[] = [
  ['clip_rn50', [3, 4, 6, 3], 64, 224, 1024, 512],
  ['clip_rn101', [3, 4, 23, 3], 64, 224, 512, 512],
  ['clip_rn50x4', [4, 6, 10, 6], 80, 288, 640, 640],
  ['clip_rn50x16', [6, 8, 18, 8], 96, 384, 768, 768],
  ['clip_rn50x64', [3, 15, 36, 10], 128, 448, 1024, 1024],
];

type ViTRow = [name: string, width: number, layers: number, patch: number, size: number, embed: number];

const visionTransformers: ViTRow[] = [
  ['clip_vit_b_32', 768, 12, 32, 224, 512],
  ['clip_vit_b_16', 768, 12, 16, 224, 512],
  ['clip_vit_l_14', 1024, 24, 14, 224, 768],
  ['clip_vit_l_14_336', 1024, 24, 14, 336, 768],
];

function text(width: number, layers: number, activation: Activation): TextSize {
  return {
    width,
    layers,
    heads: width / 64,
    mlpWidth: 4 * width,
    activation,
    epsilon,
    contextLength: 77,
    vocabulary: 49408,
  };
}

function ofResNet([name, blocks, width, size, embedWidth, textWidth]: ResNetRow) {
  return (activation: Activation): PublishedClip => {
    const image: ModifiedResNetSize = { kind: 'resnet', size, blocks, width, heads: width / 2 };
    return { name, size: { embedWidth, image, text: text(textWidth, 12, activation) } };
  };
}

function ofVisionTransformer([name, width, layers, patch, size, embedWidth]: ViTRow) {
  return (activation: Activation): PublishedClip => {
    const image: VisionTransformerSize = {
      kind: 'vit',
      size,
      patch,
      width,
      layers,
      heads: width / 64,
      mlpWidth: 4 * width,
      activation,
      epsilon,
    };
    return { name, size: { embedWidth, image, text: text(embedWidth, 12, activation) } };
  };
}

/** Larger ones, by open_clip only, whose heads and perceptrons have widths of their own. */
const openClipOnly: readonly PublishedClip[] = (
  [
    ['clip_vit_h_14', 1280, 32, 5120, 1024, 1024, 24],
    ['clip_vit_g_14', 1408, 40, 6144, 1024, 1024, 24],
    ['clip_vit_bigg_14', 1664, 48, 8192, 1280, 1280, 32],
  ] as const
).map(([name, width, layers, mlpWidth, embedWidth, textWidth, textLayers]) => ({
  name,
  size: {
    embedWidth,
    image: {
      kind: 'vit',
      size: 224,
      patch: 14,
      width,
      layers,
      heads: 16,
      mlpWidth,
      activation: 'gelu',
      epsilon,
    },
    text: text(textWidth, textLayers, 'gelu'),
  },
}));

const trainedByBoth = [...resNets.map(ofResNet), ...visionTransformers.map(ofVisionTransformer)];

/** As open_clip builds them by default. */
export const openClipModels: readonly PublishedClip[] = [
  ...trainedByBoth.map((of) => of('gelu')),
  ...openClipOnly,
];

/** As OpenAI trained them: what differs is the activation, which no tensor shows. */
export const openaiModels: readonly PublishedClip[] = trainedByBoth.map((of) => {
  const { name, size } = of('quick_gelu');
  return { name: `${name}_quickgelu`, size };
});
