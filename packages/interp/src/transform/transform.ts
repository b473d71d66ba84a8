/**
 * A transform is one way in which a visualization must be robust. What is random in it is drawn on the host, per
 * step, from a seed; given the draw it is a pure function of the image. That keeps a step traceable and
 * repeatable. https://distill.pub/2017/feature-visualization/#regularization
 */
import type { Random, tf } from '@fovea/tensor';
import type { Stage } from './stage.ts';

export type ImageShape = readonly [batch: number, height: number, width: number, channels: number];

/** What a draw may depend on besides chance. */
export interface DrawContext {
  readonly random: Random;
  /** Counted from 0. */
  readonly step: number;
  readonly steps: number;
  /** Nominal input size of the model, in pixels. */
  readonly modelInput: { readonly height: number; readonly width: number };
}

export interface Drawn<Draw> {
  readonly draw: Draw;
  /** Of the image that comes out. */
  readonly shape: ImageShape;
}

export interface Transform<Draw = unknown> {
  draw(shape: ImageShape, context: DrawContext): Drawn<Draw>;
  /** What gives the largest image, where draws differ in that. */
  largest?(shape: ImageShape, context: DrawContext): Drawn<Draw>;
  /** @param image [batch, height, width, channels] of the shape that was drawn for */
  apply(image: tf.Tensor4D, draw: Draw): tf.Tensor4D;
  /** The same as stages of a compiled step, on images of the shape that was drawn for. */
  stages(draw: Draw, shape: ImageShape): readonly Stage[];
}

/** A list of transforms left the image too small. */
export class ImageTooSmallError extends Error {
  override readonly name = 'ImageTooSmallError';
  readonly code = 'IMAGE_TOO_SMALL';
  readonly fault = 'input';

  constructor(transform: string, [, height, width]: ImageShape) {
    super(
      `The transform ${transform} leaves nothing of an image of ${height}×${width} pixels: make the picture larger, or the transform smaller`,
    );
  }
}

export function withSize([batch, , , channels]: ImageShape, height: number, width: number): ImageShape {
  return [batch, height, width, channels];
}
