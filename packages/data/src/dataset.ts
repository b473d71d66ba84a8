/** A set of labelled images of one size, in parts that share no image. */

/** `train` is for fitting, `validation` for choices, `test` for the figures that are reported. */
export type Split = 'train' | 'validation' | 'test';

export interface LabelledImage {
  /** Row by row, RGB interleaved, 0 to 255: height · width · 3 values. */
  readonly pixels: Uint8Array;
  /** Index into the set's classes. */
  readonly label: number;
}

export interface ImageDataset {
  readonly name: string;
  /** sha256, hexadecimal; whatever changes an image changes it. */
  readonly digest: string;
  readonly classes: readonly string[];
  readonly height: number;
  readonly width: number;
  /** Number of images in each part. */
  readonly sizes: Readonly<Record<Split, number>>;
  /** Class of an image, without drawing or reading it. */
  label(split: Split, index: number): number;
  /** @throws RangeError beyond the part's size */
  image(split: Split, index: number): LabelledImage;
}
