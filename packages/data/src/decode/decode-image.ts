/** From an image of any size to what a network reads, as networks are evaluated: resized, then cropped about the centre. */
import sharp, { type Sharp } from 'sharp';
import type { DatasetImage, ImageSize } from '../dataset.ts';
import { openEncoded } from './open-encoded.ts';

/** What a network's preprocessing says of size and colour; every preprocessing of @fovea/models is one. */
export interface InputGeometry extends ImageSize {
  /** Side of the central square that is kept, as a share of the shorter side. */
  readonly crop: number;
  readonly interpolation: 'bilinear' | 'bicubic';
  /** One for each channel: three for RGB, one for grey. */
  readonly mean: readonly number[];
}

const kernels = { bilinear: 'linear', bicubic: 'cubic' } as const;

/** [height, width, channels] of the network's input, row by row, 0 to 255, RGB or grey. */
export async function decodeImage(image: DatasetImage, input: InputGeometry): Promise<Uint8Array> {
  const channels = input.mean.length === 1 ? 1 : 3;
  if (image.encoding === 'raw' && image.channels === channels && isOfSize(image, input)) return image.pixels;
  return viewOf(openImage(image), await sizeOf(image), input)
    .raw()
    .toBuffer();
}

/** What a network sees of an image, as a picture for people. */
export async function inputPicture(image: DatasetImage, input: InputGeometry): Promise<Uint8Array> {
  return viewOf(openImage(image), await sizeOf(image), input)
    .png()
    .toBuffer();
}

function viewOf(opened: Sharp, given: ImageSize, input: InputGeometry): Sharp {
  const { height, width, interpolation } = input;
  // An image that is no larger than what the network reads has been cropped already.
  const crop = given.height > height && given.width > width ? input.crop : 1;
  const [resizedHeight, resizedWidth] = [Math.round(height / crop), Math.round(width / crop)];
  return opened
    .autoOrient()
    .resize(resizedWidth, resizedHeight, { kernel: kernels[interpolation] })
    .extract({
      left: Math.floor((resizedWidth - width) / 2),
      top: Math.floor((resizedHeight - height) / 2),
      width,
      height,
    })
    .flatten()
    .toColourspace(input.mean.length === 1 ? 'b-w' : 'srgb');
}

export function openImage(image: DatasetImage): Sharp {
  if (image.encoding === 'file') return openEncoded(image.bytes);
  const { pixels, height, width, channels } = image;
  return sharp(pixels, { raw: { height, width, channels } });
}

async function sizeOf(image: DatasetImage): Promise<ImageSize> {
  return image.encoding === 'raw' ? image : (await openEncoded(image.bytes).metadata()).autoOrient;
}

const isOfSize = (image: ImageSize, { height, width }: ImageSize) =>
  image.height === height && image.width === width;
