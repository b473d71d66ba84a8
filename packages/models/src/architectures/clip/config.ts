/** The sizes of a CLIP: both towers and the space in which they meet. */
import type { Activation } from '../../blocks/index.ts';

export interface TransformerSize {
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  readonly mlpWidth: number;
  /** OpenAI trained with `quick_gelu`, most of open_clip's models are trained with `gelu`. */
  readonly activation: Activation;
  readonly epsilon: number;
}

export interface VisionTransformerSize extends TransformerSize {
  readonly kind: 'vit';
  /** Side of the image and of a patch, in pixels. */
  readonly size: number;
  readonly patch: number;
}

export interface ModifiedResNetSize {
  readonly kind: 'resnet';
  readonly size: number;
  /** Bottlenecks in each of the four stages. */
  readonly blocks: readonly number[];
  /** Channels behind the stem; the last stage has 32 times as many. */
  readonly width: number;
  /** Of the attention pool. */
  readonly heads: number;
}

export interface TextSize extends TransformerSize {
  readonly contextLength: number;
  readonly vocabulary: number;
}

export interface ClipSize {
  /** Length of an embedding. */
  readonly embedWidth: number;
  readonly image: VisionTransformerSize | ModifiedResNetSize;
  readonly text: TextSize;
}
