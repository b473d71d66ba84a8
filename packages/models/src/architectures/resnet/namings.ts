/** How torchvision, timm and transformers name what a ResNet holds. */
import { aliases, batchCounters, type Alias, type Naming } from '../../naming.ts';
import type { Plan, Stage } from './plan.ts';

export function namingsOf(plan: Plan): [Naming, ...Naming[]] {
  return [torchvision(plan), transformers(plan)];
}

/** Indices of the convolutions of a stage's blocks. */
function convolutions({ bottleneck }: Stage): number[] {
  return bottleneck === undefined ? [1, 2] : [1, 2, 3];
}

function perStage(
  { stages }: Plan,
  table: (stage: string, blocks: Stage, index: number) => Record<string, string>,
): Alias[] {
  return stages.flatMap((stage, index) => aliases(table(`layer${index + 1}`, stage, index)));
}

/** Words for what has no module of its own in any implementation. */
function ownWords(plan: Plan): Alias[] {
  return [
    ...aliases({ 'relu.pre_relu': 'bn1', '{layer}.{block}.pre_relu': '{layer}.{block}.add' }),
    ...perStage(plan, (layer, stage) => ({
      [`${layer}.{block}.branch`]: `${layer}.{block}.bn${convolutions(stage).length}`,
      [`${layer}.{block}.relu1.pre_relu`]: `${layer}.{block}.bn1`,
      [`${layer}.{block}.relu2.pre_relu`]: `${layer}.{block}.bn2`,
    })),
  ];
}

/**
 * timm's too, which names as torchvision does, but for its activations. Both normalize, add and rectify in
 * place.
 */
function torchvision(plan: Plan): Naming {
  return {
    name: 'torchvision',
    source: (name) => name,
    unneeded: [batchCounters],
    aliases: [
      ...aliases({
        act1: 'relu',
        global_pool: 'avgpool',
        'global_pool.pool': 'avgpool',
        'global_pool.flatten': 'avgpool',
        fc: 'logits',
        '{layer}.{block}.downsample': '{layer}.{block}.shortcut',
        '{layer}.{block}.downsample.0': '{layer}.{block}.shortcut.conv',
        '{layer}.{block}.downsample.1': '{layer}.{block}.shortcut',
        '{layer}.{block}.relu': '{layer}.{block}',
      }),
      ...perStage(plan, (layer, stage) => ({
        [layer]: `${layer}.${stage.depth - 1}`,
        ...timmActivations(layer, stage),
      })),
      ...ownWords(plan),
    ],
    overwritten: [
      ...aliases({ bn1: 'relu' }),
      ...perStage(plan, (layer, stage) => {
        const indices = convolutions(stage);
        return Object.fromEntries(
          indices.map((index) => [
            `${layer}.{block}.bn${index}`,
            index === indices.length ? `${layer}.{block}` : `${layer}.{block}.relu${index}`,
          ]),
        );
      }),
    ],
  };
}

/** `drop_block` and `aa` do nothing in the published networks, before and after the ReLU of the 3×3 convolution. */
function timmActivations(layer: string, stage: Stage): Record<string, string> {
  const indices = convolutions(stage);
  const spatial = `${layer}.{block}.relu${indices.length - 1}`;
  return {
    ...Object.fromEntries(
      indices.map((index) => [
        `${layer}.{block}.act${index}`,
        index === indices.length ? `${layer}.{block}` : `${layer}.{block}.relu${index}`,
      ]),
    ),
    [`${layer}.{block}.drop_block`]: spatial,
    [`${layer}.{block}.aa`]: spatial,
  };
}

/** transformers rectifies into new tensors but adds in place. */
function transformers(plan: Plan): Naming {
  return {
    name: 'transformers',
    source: transformersName,
    unneeded: [batchCounters],
    aliases: [
      ...aliases({
        'resnet.embedder.embedder.convolution': 'conv1',
        'resnet.embedder.embedder.normalization': 'bn1',
        'resnet.embedder.embedder.activation': 'relu',
        'resnet.embedder.embedder': 'relu',
        'resnet.embedder.pooler': 'maxpool',
        'resnet.embedder': 'maxpool',
        'resnet.pooler': 'avgpool',
        'classifier.0': 'avgpool',
        'classifier.1': 'logits',
        classifier: 'logits',
      }),
      ...perStage(plan, transformersModules),
      ...perStage(plan, (layer, { width }, index) =>
        index > 0 || width !== plan.stem ? transformersProjection(layer, index) : {},
      ),
      ...aliases({ 'resnet.encoder': lastBlock(plan), resnet: lastBlock(plan) }),
      ...ownWords(plan),
    ],
    overwritten: perStage(plan, (layer, stage, index) => {
      const last = `${transformersStage(index)}.layers.{block}.layer.${convolutions(stage).length - 1}`;
      const sum = `${layer}.{block}.add`;
      return {
        [last]: sum,
        [`${last}.normalization`]: sum,
        [`${last}.activation`]: sum,
        [`${transformersStage(index)}.layers.{block}.layer`]: sum,
      };
    }),
  };
}

function lastBlock({ stages }: Plan): string {
  return `layer${stages.length}.${stages.at(-1)!.depth - 1}`;
}

function transformersStage(index: number): string {
  return `resnet.encoder.stages.${index}`;
}

function transformersModules(layer: string, stage: Stage, index: number): Record<string, string> {
  const theirs = `${transformersStage(index)}.layers.{block}`;
  const ours = `${layer}.{block}`;
  const indices = convolutions(stage);
  const last = indices.length;
  return {
    [transformersStage(index)]: `${layer}.${stage.depth - 1}`,
    [`${transformersStage(index)}.layers`]: `${layer}.${stage.depth - 1}`,
    [theirs]: ours,
    [`${theirs}.activation`]: ours,
    [`${theirs}.layer`]: `${ours}.bn${last}`,
    [`${theirs}.shortcut`]: `${ours}.shortcut`,
    [`${theirs}.shortcut.normalization`]: `${ours}.shortcut`,
    ...Object.assign(
      {},
      ...indices.map((each) => {
        const activated = each === last ? `${ours}.bn${each}` : `${ours}.relu${each}`;
        return {
          [`${theirs}.layer.${each - 1}.convolution`]: `${ours}.conv${each}`,
          [`${theirs}.layer.${each - 1}.normalization`]: `${ours}.bn${each}`,
          [`${theirs}.layer.${each - 1}.activation`]: activated,
          [`${theirs}.layer.${each - 1}`]: activated,
        };
      }),
    ),
  };
}

/** Of the first block of a stage, if what goes past it changes its shape. */
function transformersProjection(layer: string, index: number): Record<string, string> {
  const theirs = `${transformersStage(index)}.layers.{block}.shortcut.convolution`;
  return { [theirs]: `${layer}.{block}.shortcut.conv` };
}

/** `layer1.0.bn2.weight` → `resnet.encoder.stages.0.layers.0.layer.1.normalization.weight` */
function transformersName(name: string): string {
  return name
    .replace(/^conv1\./, 'resnet.embedder.embedder.convolution.')
    .replace(/^bn1\./, 'resnet.embedder.embedder.normalization.')
    .replace(/^fc\./, 'classifier.1.')
    .replace(/^layer(\d+)\./, (_, stage: string) => `${transformersStage(Number(stage) - 1)}.layers.`)
    .replace('.downsample.0.', '.shortcut.convolution.')
    .replace('.downsample.1.', '.shortcut.normalization.')
    .replace(/\.conv(\d)\./, (_, index: string) => `.layer.${Number(index) - 1}.convolution.`)
    .replace(/\.bn(\d)\./, (_, index: string) => `.layer.${Number(index) - 1}.normalization.`);
}
