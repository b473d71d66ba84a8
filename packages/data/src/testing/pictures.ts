/** Small pictures, and folders and archives of them. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { pack } from 'tar-stream';
import { ZipFile } from 'yazl';

export type Files = Readonly<Record<string, Uint8Array>>;

/** Another for every number. */
export const picture = (
  seed: number,
  format: 'png' | 'jpeg' | 'webp' = 'png',
  size = 24,
): Promise<Buffer> => {
  const pixels = Buffer.from({ length: 3 * size * size, 0: 0 }).map(
    (_, at) => (seed * 7919 + at * (1 + (seed % 13))) % 251,
  );
  return sharp(pixels, { raw: { width: size, height: size, channels: 3 } })
    .toFormat(format)
    .toBuffer();
};

export async function writeFiles(folder: string, files: Files): Promise<string> {
  for (const [name, bytes] of Object.entries(files)) {
    const file = path.join(folder, ...name.split('/'));
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }
  return folder;
}

export async function zipOf(files: Files): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, bytes] of Object.entries(files)) zip.addBuffer(Buffer.from(bytes), name);
  zip.end();
  return buffer(zip.outputStream);
}

export async function tarOf(files: Files, links: Readonly<Record<string, string>> = {}): Promise<Buffer> {
  const tar = pack();
  for (const [name, bytes] of Object.entries(files)) tar.entry({ name }, Buffer.from(bytes));
  for (const [name, linkname] of Object.entries(links)) tar.entry({ name, type: 'symlink', linkname });
  tar.finalize();
  return buffer(tar);
}

export const tarGzOf = async (files: Files): Promise<Buffer> => gzipSync(await tarOf(files));
