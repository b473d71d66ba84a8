import { cppnImage } from './cppn.ts';
import { fourierField } from './fourier.ts';
import { channelImage, colourImage, grayscaleImage, type PictureSize } from './image.ts';
import { laplacianPyramidField } from './laplacian-pyramid.ts';
import { macoImage } from './maco.ts';
import type { Field, ImageShape, Parametrization } from './parametrization.ts';
import { pixelField } from './pixel.ts';
import { sharedLowresField } from './shared-lowres.ts';

export type ParametrizationName = 'fft' | 'pixel' | 'laplacian' | 'lowres' | 'cppn' | 'maco';

export interface ParametrizationOptions extends PictureSize {
  readonly kind: ParametrizationName;
  readonly decorrelate?: boolean;
  readonly alpha?: boolean;
  readonly grayscale?: boolean;
  /** Other than 3: that many channels, each squashed by itself. */
  readonly channels?: number;
  readonly standardDeviation?: number;
  readonly decayPower?: number;
  readonly gain?: number;
}

/** Alpha, grey levels and colour decorrelation do not apply to CPPN and MaCo, which make colours themselves. */
export function parametrizationOf(options: ParametrizationOptions): Parametrization {
  const { kind, channels = 3 } = options;
  if (kind === 'cppn') return cppnImage(options, { channels });
  if (kind === 'maco') return macoImage(options);
  const makeField = fields[kind](options);
  if (options.grayscale) return grayscaleImage(options, makeField);
  if (channels !== 3) return channelImage(options, makeField, channels);
  return colourImage(options, makeField, options);
}

const fields: Record<
  Exclude<ParametrizationName, 'cppn' | 'maco'>,
  (options: ParametrizationOptions) => (shape: ImageShape) => Field
> = {
  fft: (options) => (shape) => fourierField(shape, options),
  pixel: (options) => (shape) => pixelField(shape, options),
  laplacian: (options) => (shape) => laplacianPyramidField(shape, options),
  lowres: (options) => (shape) => sharedLowresField(shape, options),
};
