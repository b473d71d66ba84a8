/** How timm, torchvision, Meta's own repository and transformers name the parts of a ConvNeXt. */
import type { Shape } from '../../graph.ts';
import { aliases, type Naming, type Source } from '../../naming.ts';
import { renamed, type Renaming } from '../renaming.ts';
import type { ConvNextSize } from './size.ts';

/** Whether the perceptron's maps are stored as matrices or as convolutions of one position. */
export type Pointwise = 'linear' | 'convolution';

const perceptronMap = /\.mlp\.fc\d\.weight$/;
const responseNorm = /\.mlp\.grn\.(weight|bias)$/;

/** What a block computes, before it is scaled if it is. */
function written({ layerScale }: ConvNextSize): string {
  return `stages.{s}.blocks.{b}.mlp_out${layerScale ? '.unscaled' : ''}`;
}

function lastBlock({ depths }: ConvNextSize, stage: number): string {
  return `stages.${stage}.blocks.${depths[stage]! - 1}.resid_post`;
}

function lastStage(size: ConvNextSize): string {
  return lastBlock(size, size.depths.length - 1);
}

function output({ classes }: ConvNextSize): string {
  return classes > 0 ? 'logits' : 'ln_final';
}

/** Whole stages, by what a module of that number is called. */
function stageAliases(size: ConvNextSize, moduleOf: (stage: number) => string): Record<string, string> {
  return Object.fromEntries(size.depths.map((_, stage) => [moduleOf(stage), lastBlock(size, stage)]));
}

export function timmSource(pointwise: Pointwise) {
  return (name: string, shape: Shape): string | Source =>
    pointwise === 'convolution' && perceptronMap.test(name) ? { name, shape: [...shape, 1, 1] } : name;
}

/** Also of modules that hand on what they are given, as dropout does when it is not trained. */
export function timmNaming(size: ConvNextSize, pointwise: Pointwise): Naming {
  const block = 'stages.{s}.blocks.{b}';
  return {
    name: 'timm',
    source: timmSource(pointwise),
    aliases: aliases({
      'stem.0': 'stem.conv',
      'stem.1': 'stem',
      'stages.0.downsample': 'stem',
      'stages.{s}.downsample.0': 'stages.{s}.downsample.norm',
      'stages.{s}.downsample.1': 'stages.{s}.downsample',
      [`${block}.mlp.fc1`]: `${block}.mlp.pre`,
      [`${block}.mlp.act`]: `${block}.mlp.post`,
      [`${block}.mlp.drop1`]: `${block}.mlp.post`,
      [`${block}.mlp.norm`]: size.responseNorm ? `${block}.mlp.grn` : `${block}.mlp.post`,
      [`${block}.mlp.fc2`]: written(size),
      [`${block}.mlp.drop2`]: written(size),
      [`${block}.mlp`]: written(size),
      [`${block}.drop_path`]: `${block}.mlp_out`,
      [`${block}.shortcut`]: `${block}.resid_pre`,
      [block]: `${block}.resid_post`,
      ...stageAliases(size, (stage) => `stages.${stage}`),
      ...stageAliases(size, (stage) => `stages.${stage}.blocks`),
      stages: lastStage(size),
      norm_pre: lastStage(size),
      'head.global_pool.pool': 'pooled',
      'head.global_pool.flatten': 'pooled',
      'head.global_pool': 'pooled',
      'head.norm': 'ln_final',
      'head.flatten': 'ln_final',
      'head.pre_logits': 'ln_final',
      'head.drop': 'ln_final',
      'head.fc': output(size),
      head: output(size),
      logits: output(size),
    }),
  };
}

const torchvisionNames: Renaming = [
  [/^stem\./, 'features.0.'],
  [/^head\.norm\./, 'classifier.0.'],
  [/^head\.fc\./, 'classifier.2.'],
  [/\.gamma$/, '.layer_scale'],
  [/\.conv_dw\./, '.block.0.'],
  [/\.norm\./, '.block.2.'],
  [/\.mlp\.fc1\./, '.block.3.'],
  [/\.mlp\.fc2\./, '.block.5.'],
];

/** Stages lie between what reduces the image: `features.1`, `.3`, `.5`, `.7`. */
export function torchvisionSource(name: string, shape: Shape): string | Source {
  const numbered = name
    .replace(/^stages\.(\d)\.downsample\./, (_, stage) => `features.${2 * Number(stage)}.`)
    .replace(/^stages\.(\d)\.blocks\./, (_, stage) => `features.${2 * Number(stage) + 1}.`);
  const stored = renamed(numbered, torchvisionNames);
  return stored.endsWith('.layer_scale') ? { name: stored, shape: [...shape, 1, 1] } : stored;
}

export function torchvisionNaming(size: ConvNextSize): Naming {
  const stages = size.depths.map((_, stage) => {
    const block = `stages.${stage}.blocks.{b}`;
    const module = `features.${2 * stage + 1}.{b}`;
    return {
      [`features.${2 * stage}.0`]: stage === 0 ? 'stem.conv' : `stages.${stage}.downsample.norm`,
      [`features.${2 * stage}.1`]: stage === 0 ? 'stem' : `stages.${stage}.downsample`,
      [`features.${2 * stage}`]: stage === 0 ? 'stem' : `stages.${stage}.downsample`,
      [`${module}.block.0`]: `${block}.conv_dw`,
      [`${module}.block.1`]: `${block}.conv_dw`,
      [`${module}.block.2`]: `${block}.norm`,
      [`${module}.block.3`]: `${block}.mlp.pre`,
      [`${module}.block.4`]: `${block}.mlp.post`,
      [`${module}.block.5`]: `${block}.mlp_out.unscaled`,
      [`${module}.block.6`]: `${block}.mlp_out.unscaled`,
      [`${module}.block`]: `${block}.mlp_out.unscaled`,
      [`${module}.stochastic_depth`]: `${block}.mlp_out`,
      [module]: `${block}.resid_post`,
    };
  });
  return {
    name: 'torchvision',
    source: torchvisionSource,
    // The stream is added to it in place.
    overwritten: size.depths.map((_, stage) => ({
      module: `features.${2 * stage + 1}.{b}.stochastic_depth`,
      hook: `stages.${stage}.blocks.{b}.resid_post`,
    })),
    aliases: aliases({
      ...Object.assign({}, ...stages),
      ...stageAliases(size, (stage) => `features.${2 * stage + 1}`),
      features: lastStage(size),
      avgpool: 'pooled',
      'classifier.0': 'ln_final',
      'classifier.1': 'ln_final',
      'classifier.2': 'logits',
      classifier: 'logits',
    }),
  };
}

/** `dwconv`, `pwconv1` and `pwconv2` are the authors' own words, which transformers kept. */
const authorsNames: Renaming = [
  [/\.conv_dw\./, '.dwconv.'],
  [/\.mlp\.fc(\d)\./, '.pwconv$1.'],
];

const metaNames: Renaming = [
  [/^stem\./, 'downsample_layers.0.'],
  [/^stages\.(\d)\.downsample\./, 'downsample_layers.$1.'],
  [/\.blocks\./, '.'],
  ...authorsNames,
  [/\.mlp\.grn\.weight$/, '.grn.gamma'],
  [/\.mlp\.grn\.bias$/, '.grn.beta'],
  [/^head\.norm\./, 'norm.'],
  [/^head\.fc\./, 'head.'],
];

export function metaSource(name: string, shape: Shape): string | Source {
  const stored = renamed(name, metaNames);
  return responseNorm.test(name) ? { name: stored, shape: [1, 1, 1, ...shape] } : stored;
}

export function metaNaming(size: ConvNextSize): Naming {
  const block = 'stages.{s}.blocks.{b}';
  return {
    name: 'meta',
    source: metaSource,
    aliases: aliases({
      'downsample_layers.0.0': 'stem.conv',
      'downsample_layers.0.1': 'stem',
      'downsample_layers.0': 'stem',
      'downsample_layers.{s}.0': 'stages.{s}.downsample.norm',
      'downsample_layers.{s}.1': 'stages.{s}.downsample',
      'downsample_layers.{s}': 'stages.{s}.downsample',
      ...authorsAliases('stages.{s}.{b}', block, size),
      ...stageAliases(size, (stage) => `stages.${stage}`),
      norm: 'ln_final',
      head: output(size),
    }),
  };
}

function authorsAliases(module: string, block: string, size: ConvNextSize): Record<string, string> {
  return {
    [`${module}.dwconv`]: `${block}.conv_dw`,
    [`${module}.norm`]: `${block}.norm`,
    [`${module}.layernorm`]: `${block}.norm`,
    [`${module}.pwconv1`]: `${block}.mlp.pre`,
    [`${module}.act`]: `${block}.mlp.post`,
    [`${module}.grn`]: `${block}.mlp.grn`,
    [`${module}.pwconv2`]: written(size),
    [`${module}.drop_path`]: `${block}.mlp_out`,
    [module]: `${block}.resid_post`,
  };
}

const huggingFaceNames: Renaming = [
  [/^stem\.0\./, 'embeddings.patch_embeddings.'],
  [/^stem\.1\./, 'embeddings.layernorm.'],
  [/^head\.norm\./, 'layernorm.'],
  [/^stages\./, 'encoder.stages.'],
  [/\.downsample\./, '.downsampling_layer.'],
  [/\.blocks\./, '.layers.'],
  [/\.norm\./, '.layernorm.'],
  [/\.gamma$/, '.layer_scale_parameter'],
  [/\.mlp\.grn\./, '.grn.'],
  ...authorsNames,
];

const patchEmbedding = 'embeddings.patch_embeddings.weight';

/** The name of the model within a task's, such as `convnext.`; undefined where the tensors are not named like these. */
export function prefixIn(names: Iterable<string>): string | undefined {
  return [...names].find((name) => name.endsWith(patchEmbedding))?.slice(0, -patchEmbedding.length);
}

export function huggingFaceSource(prefix: string) {
  return (name: string, shape: Shape): string | Source => {
    if (name.startsWith('head.fc.')) return name.replace('head.fc', 'classifier');
    const stored = `${prefix}${renamed(name, huggingFaceNames)}`;
    return responseNorm.test(name) ? { name: stored, shape: [1, 1, 1, ...shape] } : stored;
  };
}

export function huggingFaceNaming(prefix: string, size: ConvNextSize): Naming {
  const block = 'stages.{s}.blocks.{b}';
  return {
    name: 'transformers',
    source: huggingFaceSource(prefix),
    aliases: aliases({
      [`${prefix}embeddings.patch_embeddings`]: 'stem.conv',
      [`${prefix}embeddings.layernorm`]: 'stem',
      [`${prefix}embeddings`]: 'stem',
      [`${prefix}encoder.stages.{s}.downsampling_layer.0`]: 'stages.{s}.downsample.norm',
      [`${prefix}encoder.stages.{s}.downsampling_layer.1`]: 'stages.{s}.downsample',
      ...authorsAliases(`${prefix}encoder.stages.{s}.layers.{b}`, block, size),
      ...stageAliases(size, (stage) => `${prefix}encoder.stages.${stage}`),
      [`${prefix}encoder`]: lastStage(size),
      ...(prefix && { [prefix.slice(0, -1)]: lastStage(size) }),
      [`${prefix}layernorm`]: 'ln_final',
      classifier: output(size),
      logits: output(size),
      'hidden_states.0': 'stem',
      ...stageAliases(size, (stage) => `hidden_states.${stage + 1}`),
      last_hidden_state: lastStage(size),
      pooler_output: 'ln_final',
    }),
  };
}
