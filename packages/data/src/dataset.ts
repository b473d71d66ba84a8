/**
 * What a dataset is to whoever reads it, whether its images are drawn when asked for (procedural images, stimuli) or
 * lie in files: random access by split and index, in an order that never changes.
 */

/** What an image carries besides its class: for a stimulus its orientation, radius, ... */
export interface Column {
  readonly name: string;
  readonly type: 'number' | 'text';
  /** Of a number: `°`, `px`, ... */
  readonly unit?: string;
  readonly description?: string;
}

export interface DatasetFacts {
  readonly name: string;
  /** sha256, hexadecimal; whatever changes an image, its label or a column changes it. */
  readonly digest: string;
  readonly description?: string;
  /** Under which the images may be used, as SPDX identifier or in words. */
  readonly license?: string;
  /** Where they come from. */
  readonly source?: string;
  /** Names of the labels; none where images have no class. */
  readonly classes: readonly string[];
  /**
   * Number of images in each split. Splits share no image. By custom `train` is for fitting, `validation` for choices
   * and `test` for the figures that are reported; a dataset that was never divided has the one split `all`.
   */
  readonly splits: Readonly<Record<string, number>>;
  readonly columns: readonly Column[];
  /** Of every image, in pixels; null where they differ. */
  readonly imageSize: ImageSize | null;
}

export interface ImageSize {
  readonly height: number;
  readonly width: number;
}

/** What is known of an image without drawing or decoding it. */
export interface ImageEntry extends ImageSize {
  /** Stable and unique in the dataset: the path of a file, or what a generator calls it. */
  readonly id: string;
  /** Index into the dataset's classes; null for an image without one. */
  readonly label: number | null;
  /** A value for each of the dataset's columns; null where it is not known. */
  readonly columns: Readonly<Record<string, number | string | null>>;
}

/** Row by row, channels interleaved, 0 to 255: height · width · channels values. */
export interface RawImage extends ImageSize {
  readonly encoding: 'raw';
  readonly channels: 1 | 3;
  readonly pixels: Uint8Array;
}

/** The bytes of an image file as it was given. */
export interface EncodedImage {
  readonly encoding: 'file';
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

export type DatasetImage = RawImage | EncodedImage;

export interface Dataset extends DatasetFacts {
  /** @throws UnknownSplitError, ImageIndexError */
  entry(split: string, index: number): ImageEntry;
  /** @throws UnknownSplitError, ImageIndexError */
  image(split: string, index: number): DatasetImage | Promise<DatasetImage>;
  /** Closes the files that it reads, if any. */
  close(): Promise<void>;
}

/** A dataset that draws its images: at once, all of one size. */
export interface GeneratedDataset extends Dataset {
  readonly imageSize: ImageSize;
  image(split: string, index: number): RawImage;
}
