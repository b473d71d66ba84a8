import type { ImageSize } from '../dataset.ts';
import { openEncoded } from '../decode/open-encoded.ts';
import type { DatasetProblem } from '../manifest.ts';
import type { SourceFile } from './source.ts';

export interface InspectedImage extends ImageSize {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

const mediaTypes: Readonly<Record<string, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  tiff: 'image/tiff',
  heif: 'image/avif',
};

/** Decodes a file as coarsely as its format allows, but to its end: a header alone does not tell a broken image. */
export async function inspectImage({
  path,
  bytes,
}: SourceFile): Promise<InspectedImage | { problem: DatasetProblem }> {
  try {
    const { format, autoOrient } = await openEncoded(bytes).metadata();
    const mediaType = mediaTypes[format];
    if (mediaType === undefined)
      return { problem: { file: path, reason: 'unknown-format', message: `${format} images are not read` } };
    await openEncoded(bytes).resize(8, 8).raw().toBuffer();
    return { path, bytes, mediaType, height: autoOrient.height, width: autoOrient.width };
  } catch (error) {
    return { problem: problemOf(path, error as Error) };
  }
}

function problemOf(file: string, { message }: Error): DatasetProblem {
  const said = spoken(message);
  if (/unsupported image format/.test(said))
    return { file, reason: 'unknown-format', message: 'it is no JPEG, PNG, WebP, GIF, TIFF or AVIF image' };
  if (/pixel limit/.test(said)) return { file, reason: 'too-large', message: said };
  const reason = /premature|truncated|end of|unexpected/i.test(said) ? 'truncated' : 'damaged';
  return { file, reason, message: said };
}

/** The decoders' own words, without how they searched the file. */
function spoken(message: string): string {
  const lines = message
    .split('\n')
    .map((line) => line.replace(/^Input buffer has corrupt header:/, '').trim());
  return lines.find((line) => line !== '' && !line.includes('bad seek')) ?? 'its header cannot be read';
}
