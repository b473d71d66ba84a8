/**
 * The vision transformer (Dosovitskiy et al., "An Image is Worth 16x16 Words", 2021) in its published forms: AugReg,
 * DeiT (Touvron et al., 2021 and 2022), DINOv2 (Oquab et al., 2023), with registers (Darcet et al., "Vision
 * Transformers Need Registers", 2024), and the image towers of CLIP with a classifier.
 *
 * Hook points as in TransformerLens and ViT-Prisma: `patch_embed` [height, width, channel], `embed` [position,
 * channel], `pos_embed`, `full_embed`, `ln_pre`, those of each of `blocks` (see `transformerBlock`), `ln_final`,
 * `pooled`, `logits`. Before the patches come the class token, the distillation token, the registers.
 */
import type { Architecture, Variant } from '../architecture.ts';
import {
  activation,
  add,
  addPositionEmbedding,
  concat,
  conv2d,
  insertTokens,
  layerNorm,
  linear,
  meanOfPositions,
  takePosition,
  toTokens,
  transformerBlock,
} from '../blocks/index.ts';
import { hook, pointwise, type Node, type TensorSpec } from '../graph.ts';
import type { Naming } from '../naming.ts';
import type { Preprocessing } from '../preprocessing.ts';
import { described } from './vit/described.ts';
import { timmVits, torchvisionVits } from './vit/published.ts';
import type { VitSize } from './vit/size.ts';
import { timmNaming } from './vit/timm-naming.ts';
import { torchvisionNaming } from './vit/torchvision-naming.ts';

function draw(image: Node, size: VitSize): Node {
  let x = tokens(image, size);
  if (size.preNorm) x = layerNorm(x, 'norm_pre', { name: 'ln_pre', epsilon: size.epsilon });
  for (let layer = 0; layer < size.depth; layer++) {
    x = transformerBlock(x, `blocks.${layer}`, { ...size, fusedQkv: true });
  }
  return classified(x, size);
}

function tokens(image: Node, size: VitSize): Node {
  const { width, patch, registers, positions } = size;
  const patches = conv2d(image, 'patch_embed.proj', width, patch, { stride: patch, bias: size.patchBias });
  const embedded = hook('embed', toTokens(hook('patch_embed', patches)));
  const classTokens = [
    ...(size.classToken ? [token('cls_token', 1, width)] : []),
    ...(size.distillationToken ? [token('dist_token', 1, width)] : []),
  ];
  const registerTokens = registers > 0 ? [token('reg_token', registers, width)] : [];
  const placed = (x: Node) => addPositionEmbedding(x, 'pos_embed', 'pos_embed');
  if (positions === 'class and patches') {
    const withClass = placed(insertTokens(embedded, classTokens));
    return hook('full_embed', insertTokens(withClass, registerTokens, classTokens.length));
  }
  const first = [...classTokens, ...registerTokens];
  return hook(
    'full_embed',
    positions === 'all' ? placed(insertTokens(embedded, first)) : insertTokens(placed(embedded), first),
  );
}

function token(name: string, count: number, width: number): TensorSpec {
  return { name, shape: [1, count, width] };
}

function classified(x: Node, size: VitSize): Node {
  const { epsilon, classes, pooler } = size;
  if (size.finalNorm === 'pooled') {
    const pooled = hook('pooled', pool(x, size));
    return head(layerNorm(pooled, 'fc_norm', { name: 'ln_final', epsilon }), classes);
  }
  const normalized = layerNorm(x, 'norm', { name: 'ln_final', epsilon });
  const pooled = hook('pooled', pool(normalized, size));
  if (size.distilledHead) return averagedHeads(pooled, takePosition(normalized, 1), classes);
  if (pooler) {
    return hook('pooler', activation(hook('pooler.pre', linear(pooled, 'pooler.dense', pooler)), 'tanh'));
  }
  return head(pooled, classes);
}

function pool(x: Node, size: VitSize): Node {
  if (size.pool === 'class') return takePosition(x, 0);
  const firstPatch = Number(size.classToken) + Number(size.distillationToken) + size.registers;
  const mean = meanOfPositions(x, firstPatch);
  return size.pool === 'mean' ? mean : concat([takePosition(x, 0), mean]);
}

function head(pooled: Node, classes: number): Node {
  return classes > 0 ? hook('logits', linear(pooled, 'head', classes), 'logits') : pooled;
}

/** What the class token and the distillation token say, in equal parts (Touvron et al., 2021, section 4). */
function averagedHeads(classToken: Node, distillationToken: Node, classes: number): Node {
  const distilled = hook('pooled.distillation', distillationToken);
  const sum = add(
    hook('logits.class', linear(classToken, 'head_cls', classes), 'logits'),
    hook('logits.distillation', linear(distilled, 'head_dist', classes), 'logits'),
  );
  return hook('logits', pointwise(sum, { kind: 'mean', compute: ([value]) => value!.div(2) }), 'logits');
}

function variant(
  name: string,
  description: string,
  size: VitSize,
  preprocessing: Preprocessing,
  naming: Naming,
): Variant {
  return { name, description, preprocessing, forward: (image) => draw(image, size), namings: [naming] };
}

const published: Variant[] = [
  ...timmVits.map(({ name, size, preprocessing }) =>
    variant(name, "timm's weights", size, preprocessing, timmNaming(size)),
  ),
  ...torchvisionVits.map(({ name, size, preprocessing }) =>
    variant(name, "torchvision's weights", size, preprocessing, torchvisionNaming(size)),
  ),
];

export const vit: Architecture = {
  name: 'vit',
  title: 'Vision transformer',
  variants: published as [Variant, ...Variant[]],
  configure(checkpoint) {
    const found = described(checkpoint);
    return found && variant(found.name, found.description, found.size, found.preprocessing, found.naming);
  },
};
