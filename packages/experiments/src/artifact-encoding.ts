/** Arrays and pictures as the files that researchers open. */
import type { Picture } from '@fovea/interp';
import sharp from 'sharp';

/** NumPy's format, version 1.0: float32, C order. https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html */
export function encodeNpy({ shape, values }: Picture): Uint8Array {
  const tuple = `(${shape.join(', ')},)`;
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': ${tuple}, }`;
  // Magic, version, length and text together fill a multiple of 64 bytes; the text ends with a newline.
  const length = Math.ceil((10 + text.length + 1) / 64) * 64 - 10;
  const header = Buffer.from(`\x93NUMPY\x01\x00..${text.padEnd(length - 1)}\n`, 'latin1');
  header.writeUInt16LE(length, 8);
  return Buffer.concat([header, Buffer.from(values.buffer, values.byteOffset, values.byteLength)]);
}

/** One picture of a batch. Values in [0, 1] become 8 bits a channel. */
export async function encodePng(picture: Picture, index = 0): Promise<Uint8Array> {
  const [, height, width, channels] = picture.shape;
  const size = height * width * channels;
  const pixels = toBytes(picture.values.subarray(index * size, (index + 1) * size));
  return sharp(pixels, { raw: { height, width, channels: channels as 1 | 3 | 4 } })
    .png()
    .toBuffer();
}

/** All pictures of a batch in rows, nearly a square. */
export async function encodeSheet(picture: Picture): Promise<Uint8Array> {
  const [batch, height, width, channels] = picture.shape;
  const columns = Math.ceil(Math.sqrt(batch));
  const rows = Math.ceil(batch / columns);
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

export async function encodeSheetOrPng(picture: Picture): Promise<Uint8Array> {
  return picture.shape[0] === 1 ? encodePng(picture) : encodeSheet(picture);
}

function toBytes(values: Float32Array): Uint8Array {
  return Uint8Array.from(values, (value) => Math.round(255 * Math.min(1, Math.max(0, value))));
}
