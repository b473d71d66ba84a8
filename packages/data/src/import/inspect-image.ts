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
  const about = (reason: DatasetProblem['reason'], message: string) => ({
    problem: { file: path, reason, message },
  });
  let metadata;
  try {
    metadata = await openEncoded(bytes).metadata();
  } catch (error) {
    const { message } = error as Error;
    if (message.includes('unsupported image format'))
      return about('unknown-format', 'it is no JPEG, PNG, WebP, GIF, TIFF or AVIF image');
    if (message.includes('pixel limit')) return about('too-large', message);
    return about('damaged', 'its header cannot be read');
  }
  const { format, autoOrient } = metadata;
  const mediaType = mediaTypes[format];
  if (mediaType === undefined) return about('unknown-format', `${format} images are not read`);
  try {
    await openEncoded(bytes).resize(8, 8).raw().toBuffer();
  } catch (error) {
    const { message } = error as Error;
    if (message.includes('pixel limit')) return about('too-large', message);
    // What the decoders say is no help: libvips mixes the words of those that work at the same time.
    return about('damaged', 'it ends too early, or its pixels cannot be decoded');
  }
  return { path, bytes, mediaType, height: autoOrient.height, width: autoOrient.width };
}
