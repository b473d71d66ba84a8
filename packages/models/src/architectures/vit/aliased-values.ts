/** Hook points at which a vision transformer has the values of common modules, for tables of aliases. */
import type { VitSize } from './size.ts';

/** What attention or the perceptron of block `{n}` computes, before it is scaled if it is. */
export function written({ layerScale }: VitSize, branch: 'attn_out' | 'mlp_out'): string {
  return `blocks.{n}.${branch}${layerScale ? '.unscaled' : ''}`;
}

export function lastBlock({ depth }: VitSize): string {
  return `blocks.${depth - 1}.resid_post`;
}

/** What the first block reads. */
export function firstResidual({ preNorm }: VitSize): string {
  return preNorm ? 'ln_pre' : 'full_embed';
}

/** What the classifier reads. */
export function classified({ finalNorm }: VitSize): string {
  return finalNorm === 'pooled' ? 'ln_final' : 'pooled';
}
