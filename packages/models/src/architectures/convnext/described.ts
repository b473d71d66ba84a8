/** The ConvNeXt that a checkpoint describes by its tensors' shapes and by the configuration beside it. */
import { z } from 'zod';
import type { CheckpointDescription } from '../../architecture.ts';
import type { Naming } from '../../naming.ts';
import { imagenetPreprocessing, withChannels, type Preprocessing } from '../../preprocessing.ts';
import { shapesBy, type Convention, type ShapeOf } from '../convention.ts';
import { huggingFaceActivation } from '../huggingface-activation.ts';
import { timmConfig } from '../timm-config.ts';
import {
  huggingFaceNaming,
  huggingFaceSource,
  metaNaming,
  metaSource,
  prefixIn,
  timmNaming,
  timmSource,
  torchvisionNaming,
  torchvisionSource,
  type Pointwise,
} from './namings.ts';
import { publishedConvNexts } from './published.ts';
import type { ConvNextSize } from './size.ts';

export interface DescribedConvNext {
  readonly name: string;
  readonly description: string;
  readonly size: ConvNextSize;
  readonly preprocessing: Preprocessing;
  readonly naming: Naming;
}

/**
 * Undefined where the tensors are not those of a ConvNeXt.
 * @throws UnsupportedConfigurationError
 */
export function described({ tensors, config }: CheckpointDescription): DescribedConvNext | undefined {
  const convention = conventions(tensors).find((each) => isConvNext(shapesBy(each, tensors)));
  if (!convention) return undefined;
  const shapeOf = shapesBy(convention, tensors);
  const size = sizeOf(shapeOf, config);
  const naming = convention.naming(size);
  const preprocessing = preprocessingOf(shapeOf, config);
  const { architecture } = timmConfig(config);
  const published = publishedConvNexts.find(({ name }) => name === architecture);
  return {
    name: published?.name ?? nameOf(size, preprocessing),
    description: `Sizes by the checkpoint, named as by ${naming.name}`,
    size,
    preprocessing,
    naming,
  };
}

function conventions(tensors: CheckpointDescription['tensors']): Convention<ConvNextSize>[] {
  const prefix = prefixIn(tensors.keys());
  const maps = tensors.get('stages.0.blocks.0.mlp.fc1.weight')?.shape;
  const pointwise: Pointwise = maps?.length === 4 ? 'convolution' : 'linear';
  return [
    { source: timmSource(pointwise), naming: (size) => timmNaming(size, pointwise) },
    { source: torchvisionSource, naming: torchvisionNaming },
    { source: metaSource, naming: metaNaming },
    ...(prefix === undefined
      ? []
      : [
          {
            source: huggingFaceSource(prefix),
            naming: (size: ConvNextSize) => huggingFaceNaming(prefix, size),
          },
        ]),
  ];
}

function isConvNext(shapeOf: ShapeOf): boolean {
  const needed = ['stem.0.weight', 'stages.0.blocks.0.conv_dw.weight', 'stages.0.blocks.0.mlp.fc1.weight'];
  return needed.every((name) => shapeOf(name) !== undefined);
}

const huggingFaceSchema = z.object({
  hidden_sizes: z.array(z.int().positive()),
  hidden_act: z.string().default('gelu'),
  layer_norm_eps: z.number().positive().default(1e-12),
  image_size: z.int().positive().default(224),
});

function sizeOf(shapeOf: ShapeOf, config: unknown): ConvNextSize {
  const huggingFace = huggingFaceSchema.safeParse(config).data;
  const depths: number[] = [];
  while (depthOf(shapeOf, depths.length) > 0) depths.push(depthOf(shapeOf, depths.length));
  return {
    depths,
    widths: depths.map((_, stage) => shapeOf(`stages.${stage}.blocks.0.conv_dw.weight`)![0]!),
    patch: shapeOf('stem.0.weight')![2]!,
    activation: huggingFace ? huggingFaceActivation('convnext', huggingFace.hidden_act) : 'gelu',
    epsilon: 1e-6,
    // transformers configures this one alone.
    finalEpsilon: huggingFace?.layer_norm_eps ?? 1e-6,
    layerScale: shapeOf('stages.0.blocks.0.gamma') !== undefined,
    responseNorm: shapeOf('stages.0.blocks.0.mlp.grn.weight') !== undefined,
    classes: shapeOf('head.fc.weight')?.[0] ?? 0,
  };
}

function depthOf(shapeOf: ShapeOf, stage: number): number {
  let depth = 0;
  while (shapeOf(`stages.${stage}.blocks.${depth}.conv_dw.weight`)) depth++;
  return depth;
}

function preprocessingOf(shapeOf: ShapeOf, config: unknown): Preprocessing {
  const timm = timmConfig(config);
  const side = huggingFaceSchema.safeParse(config).data?.image_size ?? 224;
  const [height, width] = timm.imageSize ?? [side, side];
  const usual = { ...imagenetPreprocessing, interpolation: 'bicubic' as const };
  const channels = shapeOf('stem.0.weight')![1]!;
  return { ...withChannels({ ...usual, ...timm.preprocessing }, channels), height, width };
}

/** As the published ones are called, by what tells sizes apart. */
function nameOf({ depths, widths, responseNorm }: ConvNextSize, { height }: Preprocessing): string {
  return `convnext${responseNorm ? 'v2' : ''}_${widths[0]}x${depths.join('_')}_${height}`;
}
