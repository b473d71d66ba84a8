import type { Activation } from '../../blocks/index.ts';

/** What a vision transformer is drawn by, apart from the image's size. */
export interface VitSize {
  /** Side of a patch, in pixels. */
  readonly patch: number;
  readonly width: number;
  readonly depth: number;
  readonly heads: number;
  readonly mlpWidth: number;
  readonly activation: Activation;
  /** Of the normalisations. */
  readonly epsilon: number;
  readonly classToken: boolean;
  readonly distillationToken: boolean;
  readonly registers: number;
  /** Which tokens have a learned position. */
  readonly positions: 'all' | 'patches' | 'class and patches';
  readonly patchBias: boolean;
  readonly qkvBias: boolean;
  /** Whether the embedded tokens are normalised before the first block, as in CLIP. */
  readonly preNorm: boolean;
  readonly layerScale: boolean;
  /** Whether the last normalisation reads the tokens or what is pooled of them. */
  readonly finalNorm: 'tokens' | 'pooled';
  /** What the classifier reads. */
  readonly pool: 'class' | 'mean' | 'class and mean';
  /** Outputs of a further linear map and tanh, in place of a classifier. */
  readonly pooler?: number;
  /** Whether a classifier of the distillation token has a say. */
  readonly distilledHead: boolean;
  /** 0 where there is no classifier. */
  readonly classes: number;
}
