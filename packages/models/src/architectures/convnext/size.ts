import type { Activation } from '../../blocks/index.ts';

/** What a ConvNeXt is drawn by. */
export interface ConvNextSize {
  /** Blocks of each stage. */
  readonly depths: readonly number[];
  /** Channels of each stage. */
  readonly widths: readonly number[];
  /** Side of the stem's patches, in pixels. */
  readonly patch: number;
  readonly activation: Activation;
  /** Of the normalisations. */
  readonly epsilon: number;
  /** Of the one before the classifier. */
  readonly finalEpsilon: number;
  /** Version 1: what a block writes is scaled per channel. */
  readonly layerScale: boolean;
  /** Version 2: global response normalisation inside of the perceptron. */
  readonly responseNorm: boolean;
  /** 0 where there is no classifier. */
  readonly classes: number;
}
