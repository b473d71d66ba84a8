/** Arrays and pictures as the files that researchers open. */
import type { Picture } from '@fovea/interp';
import sharp from 'sharp';

/** NumPy's format, version 1.0: float32, C order. https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html */
export function encodeNpy({ shape, values }: { shape: readonly number[]; values: Float32Array }): Uint8Array {
  const tuple = `(${shape.join(', ')},)`;
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': ${tuple}, }`;
  // Magic, version, length and text together fill a multiple of 64 bytes; the text ends with a newline.
  const length = Math.ceil((10 + text.length + 1) / 64) * 64 - 10;
  const header = Buffer.from(`\x93NUMPY\x01\x00..${text.padEnd(length - 1)}\n`, 'latin1');
  header.writeUInt16LE(length, 8);
  return Buffer.concat([header, Buffer.from(values.buffer, values.byteOffset, values.byteLength)]);
}

/**
 * One picture of a batch. Values in [0, 1] become 8 bits a channel; a picture of another number of channels than
 * PNG knows becomes a sheet with a grey tile for each.
 */
export async function encodePng(picture: Picture, index = 0): Promise<Uint8Array> {
  const [, height, width, channels] = picture.shape;
  const size = height * width * channels;
  const values = picture.values.subarray(index * size, (index + 1) * size);
  if (!isPngChannels(channels)) return encodeSheet(channelsOf(values, picture.shape));
  const pixels = toBytes(values);
  return sharp(pixels, { raw: { height, width, channels } }).png().toBuffer();
}

/** One picture of a batch, without loss, in about three quarters of the bytes of a PNG. */
export async function encodeWebp(picture: Picture, index = 0): Promise<Uint8Array> {
  return sharp(await encodePng(picture, index))
    .webp({ lossless: true })
    .toBuffer();
}

/** Pixels of a side of a thumbnail. */
const thumbnailPixels = 96;

/** The central square of one picture of a batch, small enough for lists of thousands. @param side in its pixels */
export async function encodeThumbnail(picture: Picture, index: number, side: number): Promise<Uint8Array> {
  const whole = sharp(await encodePng(picture, index));
  const { width, height } = await whole.metadata();
  const [left, top] = [Math.floor((width - side) / 2), Math.floor((height - side) / 2)];
  return whole
    .extract({ left, top, width: side, height: side })
    .resize(thumbnailPixels, thumbnailPixels, { kernel: 'cubic' })
    .webp({ quality: 80 })
    .toBuffer();
}

/** All pictures of a batch in rows, nearly a square. */
export async function encodeSheet(picture: Picture): Promise<Uint8Array> {
  const [batch, , , channels] = picture.shape;
  const { height, width } = sizeOfPng(picture);
  const { rows, columns } = gridOf(batch);
  const tiles = Array.from({ length: batch }, (_, index) => index);
  const composed = tiles.map(async (index) => ({
    input: Buffer.from(await encodePng(picture, index)),
    left: (index % columns) * width,
    top: Math.floor(index / columns) * height,
  }));
  const background = { r: 0, g: 0, b: 0, alpha: 0 };
  return sharp({
    create: { width: columns * width, height: rows * height, channels: channels === 4 ? 4 : 3, background },
  })
    .composite(await Promise.all(composed))
    .png()
    .toBuffer();
}

function isPngChannels(channels: number): channels is 1 | 3 | 4 {
  return channels === 1 || channels === 3 || channels === 4;
}

function gridOf(tiles: number): { rows: number; columns: number } {
  const columns = Math.ceil(Math.sqrt(tiles));
  return { rows: Math.ceil(tiles / columns), columns };
}

function sizeOfPng({ shape: [, height, width, channels] }: Picture): { height: number; width: number } {
  if (isPngChannels(channels)) return { height, width };
  const { rows, columns } = gridOf(channels);
  return { height: rows * height, width: columns * width };
}

/** Each channel of one picture as a grey picture of its own. */
function channelsOf(values: Float32Array, [, height, width, channels]: Picture['shape']): Picture {
  const planes = Float32Array.from(values, (_, index) => {
    const [channel, pixel] = [Math.floor(index / (height * width)), index % (height * width)];
    return values[pixel * channels + channel]!;
  });
  return { shape: [channels, height, width, 1], values: planes };
}

export async function encodeSheetOrPng(picture: Picture): Promise<Uint8Array> {
  return picture.shape[0] === 1 ? encodePng(picture) : encodeSheet(picture);
}

function toBytes(values: Float32Array): Uint8Array {
  return Uint8Array.from(values, (value) => Math.round(255 * Math.min(1, Math.max(0, value))));
}
