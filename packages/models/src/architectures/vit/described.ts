/** The vision transformer that a checkpoint describes by its tensors' shapes and by the configuration beside it. */
import type { CheckpointDescription } from '../../architecture.ts';
import { UnsupportedConfigurationError } from '../../errors.ts';
import type { Naming } from '../../naming.ts';
import {
  imagenetPreprocessing,
  symmetricPreprocessing,
  withChannels,
  type Preprocessing,
} from '../../preprocessing.ts';
import { shapesBy, type Convention, type ShapeOf } from '../convention.ts';
import { dialects, huggingFaceNaming, huggingFaceSource, prefixIn } from './hugging-face-naming.ts';
import type { VitSize } from './size.ts';
import { dinov2Naming, dinov2Source, timmNaming, timmSource } from './timm-naming.ts';
import { toldBy, type Told } from './told.ts';
import { torchvisionNaming, torchvisionSource } from './torchvision-naming.ts';

export interface DescribedVit {
  readonly name: string;
  readonly description: string;
  readonly size: VitSize;
  readonly preprocessing: Preprocessing;
  readonly naming: Naming;
}

type Tensors = CheckpointDescription['tensors'];

/**
 * Undefined where the tensors are not those of a vision transformer.
 * @throws UnsupportedConfigurationError
 */
export function described({ tensors, config }: CheckpointDescription): DescribedVit | undefined {
  const convention = conventions(tensors).find((each) => isVit(shapesBy(each, tensors)));
  if (!convention) return undefined;
  refuseUnsupported(tensors);
  const shapeOf = shapesBy(convention, tensors);
  const told = toldBy(config);
  const size = sizeOf(shapeOf, told);
  const naming = convention.naming(size);
  const preprocessing = preprocessingOf(size, shapeOf, told, naming);
  return {
    name: told.published?.name ?? nameOf(size, preprocessing),
    description: `Sizes by the checkpoint, named as by ${naming.name}`,
    size,
    preprocessing,
    naming,
  };
}

function conventions(tensors: Tensors): Convention<VitSize>[] {
  const prefix = prefixIn(tensors.keys());
  const meta = tensors.has('register_tokens') || tensors.has('mask_token');
  return [
    meta ? { source: dinov2Source, naming: dinov2Naming } : { source: timmSource, naming: timmNaming },
    ...(['places', 'order'] as const).map((perceptron) => ({
      source: torchvisionSource(perceptron),
      naming: (size: VitSize) => torchvisionNaming(size, perceptron),
    })),
    ...(prefix === undefined
      ? []
      : dialects.map((dialect) => ({
          source: huggingFaceSource(prefix, dialect),
          naming: (size: VitSize) => huggingFaceNaming(prefix, dialect, size),
        }))),
  ];
}

function isVit(shapeOf: ShapeOf): boolean {
  return ['patch_embed.proj.weight', 'pos_embed', 'blocks.0.norm1.weight', 'blocks.0.attn.q.weight'].every(
    (name) => shapeOf(name) !== undefined,
  );
}

const unsupported: readonly (readonly [pattern: RegExp, fault: string])[] = [
  [/^attn_pool\./, 'it pools by attention'],
  [/\.attn\.(q_norm|k_norm|norm)\./, 'it normalises queries and keys, or what attention reads'],
];

function refuseUnsupported(tensors: Tensors): void {
  for (const [pattern, fault] of unsupported) {
    const tensor = [...tensors.keys()].find((name) => pattern.test(name));
    if (tensor) throw new UnsupportedConfigurationError('vit', `${fault} (${tensor})`);
  }
}

function sizeOf(shapeOf: ShapeOf, told: Told): VitSize {
  const published = told.published?.size;
  const [width, , patch, patchWidth] = shapeOf('patch_embed.proj.weight') as [number, number, number, number];
  if (patch !== patchWidth) {
    throw new UnsupportedConfigurationError('vit', `its patches are ${patch} by ${patchWidth} pixels`);
  }
  const has = (name: string) => shapeOf(name) !== undefined;
  const [mlpWidth, read] = [shapeOf('blocks.0.mlp.fc1.weight')?.[0], shapeOf('blocks.0.mlp.fc2.weight')?.[1]];
  if (!mlpWidth || mlpWidth !== read) {
    throw new UnsupportedConfigurationError('vit', 'its perceptrons are no pair of linear maps, but gated');
  }
  const classifier = shapeOf('head.weight') ?? shapeOf('head_cls.weight');
  const firstTokens = {
    classToken: has('cls_token'),
    distillationToken: has('dist_token'),
    registers: shapeOf('reg_token')?.[1] ?? 0,
  };
  return {
    patch,
    width,
    depth: depthOf(shapeOf),
    heads: headsOf(width, told.heads ?? published?.heads),
    mlpWidth,
    activation: told.activation ?? published?.activation ?? 'gelu',
    epsilon: told.epsilon ?? published?.epsilon ?? (has('norm_pre.weight') ? 1e-5 : 1e-6),
    ...firstTokens,
    positions: positionsOf(shapeOf, firstTokens, patch, told),
    patchBias: has('patch_embed.proj.bias'),
    qkvBias: has('blocks.0.attn.q.bias'),
    preNorm: has('norm_pre.weight'),
    layerScale: has('blocks.0.ls1.gamma'),
    finalNorm: has('fc_norm.weight') ? 'pooled' : 'tokens',
    pool: poolOf(shapeOf, told, classifier?.[1]),
    ...(!classifier && { pooler: shapeOf('pooler.dense.weight')?.[0] }),
    distilledHead: has('head_dist.weight'),
    classes: classifier?.[0] ?? 0,
  };
}

function depthOf(shapeOf: ShapeOf): number {
  let depth = 0;
  while (shapeOf(`blocks.${depth}.norm1.weight`)) depth++;
  return depth;
}

/** Heads are 64 wide in all published models but the largest, which have 16. */
function headsOf(width: number, given: number | undefined): number {
  const heads = given ?? (width > 1024 ? 16 : width / 64);
  if (Number.isInteger(heads) && width % heads === 0) return heads;
  throw new UnsupportedConfigurationError('vit', `${width} channels do not divide into ${heads} heads`);
}

type FirstTokens = Pick<VitSize, 'classToken' | 'distillationToken' | 'registers'>;

/** Which tokens have positions follows from how many there are, and failing that from what makes a square. */
function positionsOf(
  shapeOf: ShapeOf,
  firstTokens: FirstTokens,
  patch: number,
  told: Told,
): VitSize['positions'] {
  const stored = shapeOf('pos_embed')!.at(-2)!;
  const besidePatches = positionsBesidePatches(firstTokens);
  const candidates = Object.keys(besidePatches) as VitSize['positions'][];
  const fits = (count: number) =>
    told.imageSize
      ? count === Math.floor(told.imageSize[0] / patch) * Math.floor(told.imageSize[1] / patch)
      : Number.isInteger(Math.sqrt(count));
  const fitting = candidates.find((each) => fits(stored - besidePatches[each]));
  return fitting ?? told.published?.size.positions ?? 'all';
}

function positionsBesidePatches({ classToken, distillationToken, registers }: FirstTokens) {
  const classTokens = Number(classToken) + Number(distillationToken);
  return { all: classTokens + registers, 'class and patches': classTokens, patches: 0 };
}

function poolOf(shapeOf: ShapeOf, told: Told, read: number | undefined): VitSize['pool'] {
  const width = shapeOf('patch_embed.proj.weight')![0]!;
  if (read === 2 * width) return 'class and mean';
  const averages = told.globalPool === 'avg' || shapeOf('fc_norm.weight') || !shapeOf('cls_token');
  return averages ? 'mean' : 'class';
}

function preprocessingOf(size: VitSize, shapeOf: ShapeOf, told: Told, naming: Naming): Preprocessing {
  const channels = shapeOf('patch_embed.proj.weight')![1]!;
  const usual = told.published?.preprocessing ?? usualPreprocessing(told, naming);
  const [height, width] = told.imageSize ?? squareOf(size, shapeOf);
  return { ...withChannels({ ...usual, ...told.preprocessing }, channels), height, width };
}

function usualPreprocessing({ model }: Told, naming: Naming): Preprocessing {
  const symmetric = naming.name === 'timm' || model === 'vit';
  return { ...(symmetric ? symmetricPreprocessing : imagenetPreprocessing), crop: 1 };
}

/** The square image whose patches have the stored positions. */
function squareOf(size: VitSize, shapeOf: ShapeOf): [number, number] {
  const patches = shapeOf('pos_embed')!.at(-2)! - positionsBesidePatches(size)[size.positions];
  const side = Math.floor(Math.sqrt(patches)) * size.patch;
  return [side, side];
}

/** As the published ones are called, by what tells sizes apart. */
function nameOf({ width, depth, patch, registers }: VitSize, { height }: Preprocessing): string {
  const withRegisters = registers > 0 ? `_reg${registers}` : '';
  return `vit_${width}x${depth}_patch${patch}${withRegisters}_${height}`;
}
