/** The vision transformers that timm and torchvision publish. */
import {
  clipPreprocessing,
  imagenetPreprocessing,
  symmetricPreprocessing,
  type Preprocessing,
} from '../../preprocessing.ts';
import type { VitSize } from './size.ts';

export interface PublishedVit {
  readonly name: string;
  readonly size: VitSize;
  readonly preprocessing: Preprocessing;
}

/** [width, depth, heads, width of the perceptron] */
const scales = {
  test: [64, 6, 2, 192],
  test2: [64, 8, 2, 192],
  xsmall: [256, 10, 4, 1024],
  tiny: [192, 12, 3, 768],
  wee: [256, 14, 4, 1280],
  little: [320, 14, 5, 1792],
  small: [384, 12, 6, 1536],
  medium: [512, 12, 8, 2048],
  mediumd: [512, 20, 8, 2048],
  betwixt: [640, 12, 10, 2560],
  base: [768, 12, 12, 3072],
  base_plus: [896, 12, 14, 3584],
  large: [1024, 24, 16, 4096],
  so400m: [1152, 27, 16, 4304],
  huge: [1280, 32, 16, 5120],
  giant: [1408, 40, 16, 6144],
  gigantic: [1664, 48, 16, 8192],
} as const;

type Scale = keyof typeof scales;

/** As in the article of 2021; what a family does otherwise is said where it is listed. */
function sizeOf(scale: Scale, patch: number, differences: Partial<VitSize> = {}): VitSize {
  const [width, depth, heads, mlpWidth] = scales[scale];
  return {
    patch,
    width,
    depth,
    heads,
    mlpWidth,
    activation: 'gelu',
    epsilon: 1e-6,
    classToken: true,
    distillationToken: false,
    registers: 0,
    positions: 'all',
    patchBias: true,
    qkvBias: true,
    preNorm: false,
    layerScale: false,
    finalNorm: 'tokens',
    pool: 'class',
    distilledHead: false,
    classes: 1000,
    ...differences,
  };
}

/** Models that differ in scale, patch and image only: [scale, patch, side of the image, and what else]. */
interface Family {
  readonly name: (scale: string, patch: number, image: number) => string;
  readonly differences?: Partial<VitSize>;
  readonly preprocessing: Preprocessing;
  /** What timm keeps of a photograph at other sizes than 384. */
  readonly crop: number;
  readonly members: readonly (readonly [
    scale: Scale,
    patch: number,
    image: number,
    differences?: Partial<VitSize>,
  ])[];
}

function listed({ name, differences, preprocessing, crop, members }: Family): PublishedVit[] {
  return members.map(([scale, patch, image, own]) => ({
    name: name(scale, patch, image),
    size: sizeOf(scale, patch, { ...differences, ...own }),
    preprocessing: {
      ...preprocessing,
      height: image,
      width: image,
      crop: image === 384 ? 1 : crop,
      interpolation: 'bicubic',
    },
  }));
}

const augreg: Family = {
  name: (scale, patch, image) => `vit_${scale}_patch${patch}_${image}`,
  preprocessing: symmetricPreprocessing,
  crop: 0.9,
  members: [
    ['tiny', 16, 224],
    ['tiny', 16, 384],
    ['small', 32, 224],
    ['small', 32, 384],
    ['small', 16, 224],
    ['small', 16, 384],
    ['base', 32, 224],
    ['base', 32, 384],
    ['base', 16, 224],
    ['base', 16, 384],
    ['base', 8, 224],
    ['large', 32, 224, { classes: 0 }],
    ['large', 32, 384],
    ['large', 16, 224],
    ['large', 16, 384],
    ['large', 14, 224],
    ['huge', 14, 224, { classes: 0 }],
    ['giant', 14, 224],
    ['gigantic', 14, 224],
  ],
};

const deit: Family = {
  name: (scale, patch, image) => `deit_${scale}_patch${patch}_${image}`,
  preprocessing: imagenetPreprocessing,
  crop: 0.9,
  members: [
    ['tiny', 16, 224],
    ['small', 16, 224],
    ['base', 16, 224],
    ['base', 16, 384],
  ],
};

const distilledDeit: Family = {
  ...deit,
  name: (scale, patch, image) => `deit_${scale}_distilled_patch${patch}_${image}`,
  differences: { distillationToken: true, distilledHead: true },
};

const deit3: Family = {
  name: (scale, patch, image) => `deit3_${scale}_patch${patch}_${image}`,
  differences: { layerScale: true, positions: 'patches' },
  preprocessing: imagenetPreprocessing,
  crop: 0.9,
  members: [
    ['small', 16, 224],
    ['small', 16, 384],
    ['medium', 16, 224],
    ['base', 16, 224],
    ['base', 16, 384],
    ['large', 16, 224],
    ['large', 16, 384],
    ['huge', 14, 224],
  ],
};

const dino: Family = {
  name: (scale, patch, image) => `vit_${scale}_patch${patch}_${image}`,
  differences: { classes: 0 },
  preprocessing: imagenetPreprocessing,
  crop: 0.9,
  members: [['small', 8, 224]],
};

const dinov2: Family = {
  name: (scale, patch) => `vit_${scale}_patch${patch}_dinov2`,
  differences: { layerScale: true, classes: 0 },
  preprocessing: imagenetPreprocessing,
  crop: 1,
  members: [
    ['small', 14, 518],
    ['base', 14, 518],
    ['large', 14, 518],
  ],
};

const dinov2WithRegisters: Family = {
  ...dinov2,
  name: (scale, patch) => `vit_${scale}_patch${patch}_reg4_dinov2`,
  differences: { layerScale: true, classes: 0, registers: 4, positions: 'patches' },
};

/** No class token: the classifier reads the mean of the patches. */
const averaged: Family = {
  name: (scale, patch, image) => `vit_${scale}_patch${patch}_gap_${image}`,
  differences: { classToken: false, pool: 'mean', qkvBias: false, layerScale: true },
  preprocessing: symmetricPreprocessing,
  crop: 0.95,
  members: [
    ['medium', 16, 240, { classes: 11821 }],
    ['medium', 16, 256],
    ['medium', 16, 384],
    ['betwixt', 16, 256],
    ['base', 16, 224, { heads: 16, qkvBias: true, layerScale: false }],
  ],
};

function averagedWithRegisters(registers: number, members: Family['members']): Family {
  return {
    name: (scale, patch, image) => `vit_${scale}_patch${patch}_reg${registers}_gap_${image}`,
    differences: {
      classToken: false,
      pool: 'mean',
      finalNorm: 'pooled',
      layerScale: true,
      registers,
      positions: 'patches',
    },
    preprocessing: symmetricPreprocessing,
    crop: 0.95,
    members,
  };
}

const averagedWithRegister = averagedWithRegisters(1, [
  ['wee', 16, 256],
  ['little', 16, 256],
  ['medium', 16, 256],
  ['betwixt', 16, 256],
]);

const averagedWithFourRegisters = averagedWithRegisters(4, [
  ['little', 16, 256],
  ['medium', 16, 256],
  ['mediumd', 16, 256],
  ['mediumd', 16, 384],
  ['betwixt', 16, 256],
  ['betwixt', 16, 384],
  ['base', 16, 256, { layerScale: false }],
]);

/** Image towers of SigLIP without the head that pools by attention. */
const siglip: Family = {
  name: (scale, patch, image) => `vit_${scale}_patch${patch}_siglip_gap_${image}`,
  differences: { classToken: false, pool: 'mean', classes: 0 },
  preprocessing: symmetricPreprocessing,
  crop: 0.9,
  members: [
    ['base', 32, 256, { activation: 'gelu_tanh' }],
    ['base', 16, 224],
    ['base', 16, 256],
    ['base', 16, 384],
    ['base', 16, 512],
    ['large', 16, 256],
    ['large', 16, 384],
    ['large', 16, 512, { activation: 'gelu_tanh' }],
    ['so400m', 14, 224],
    ['so400m', 14, 378],
    ['so400m', 14, 384],
    ['so400m', 14, 448],
    ['so400m', 14, 896],
    ['so400m', 16, 256, { activation: 'gelu_tanh' }],
    ['so400m', 16, 384, { activation: 'gelu_tanh' }],
    ['so400m', 16, 512, { activation: 'gelu_tanh' }],
  ],
};

/** The smallest, by which timm tests its own code. */
const tests: Family = {
  name: (scale) => scale.replace('test', 'test_vit'),
  preprocessing: symmetricPreprocessing,
  crop: 0.95,
  members: [
    ['test', 16, 160],
    [
      'test2',
      16,
      160,
      { classToken: false, pool: 'mean', finalNorm: 'pooled', layerScale: true, registers: 1 },
    ],
  ],
};

/** Image towers of CLIP whose projection became a classifier, or is one in name. */
const clip: Family = {
  name: (scale, patch, image) =>
    scale === 'base_plus'
      ? `vit_base_patch${patch}_plus_clip_${image}`
      : `vit_${scale}_patch${patch}_clip_${image}`,
  differences: { preNorm: true, patchBias: false, epsilon: 1e-5 },
  preprocessing: clipPreprocessing,
  crop: 1,
  members: [
    ['xsmall', 16, 224, { classes: 512 }],
    ['medium', 32, 224, { classes: 512 }],
    ['medium', 16, 224, { classes: 512 }],
    ['betwixt', 32, 224, { classes: 512 }],
    ['base', 32, 224],
    ['base', 32, 256, { classes: 512 }],
    ['base', 32, 384],
    ['base', 32, 448],
    ['base', 16, 224],
    ['base', 16, 384],
    ['base_plus', 16, 240, { classes: 640 }],
    ['large', 14, 224],
    ['large', 14, 336],
    ['huge', 14, 224],
    ['huge', 14, 336],
    ['huge', 14, 378, { classes: 1024 }],
    ['giant', 14, 224, { classes: 1024 }],
    ['gigantic', 14, 224, { classes: 1280 }],
    ['gigantic', 14, 378, { classes: 1280 }],
  ],
};

const quickClip: Family = {
  name: (scale, patch, image) => `vit_${scale}_patch${patch}_clip_quickgelu_${image}`,
  differences: { ...clip.differences, activation: 'quick_gelu' },
  preprocessing: clipPreprocessing,
  crop: 1,
  members: [
    ['base', 32, 224, { classes: 512 }],
    ['base', 16, 224, { classes: 512 }],
    ['large', 14, 224, { classes: 768 }],
    ['large', 14, 336, { classes: 768 }],
    ['huge', 14, 224, { classes: 1024 }],
    ['huge', 14, 378, { classes: 1024 }],
    ['gigantic', 14, 224, { classes: 1280 }],
  ],
};

export const timmVits: readonly PublishedVit[] = [
  augreg,
  deit,
  distilledDeit,
  deit3,
  dino,
  dinov2,
  dinov2WithRegisters,
  averaged,
  averagedWithRegister,
  averagedWithFourRegisters,
  clip,
  quickClip,
  siglip,
  tests,
].flatMap(listed);

export const torchvisionVits: readonly PublishedVit[] = listed({
  name: (scale, patch) => `vit_${scale[0]}_${patch}`,
  preprocessing: imagenetPreprocessing,
  crop: 0.875,
  members: [
    ['base', 16, 224],
    ['base', 32, 224],
    ['large', 16, 224],
    ['large', 32, 224],
    ['huge', 14, 518],
  ],
}).map((model) => ({
  ...model,
  preprocessing: { ...model.preprocessing, interpolation: 'bilinear' },
}));
