/** Archives of small pictures. */
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { ZipFile } from 'yazl';

/** One colour, but for a corner, so that no two shades make the same file. */
export const picture = (shade: number, size = 24): Promise<Buffer> =>
  sharp({
    create: { width: size, height: size, channels: 3, background: { r: shade, g: 120, b: 255 - shade } },
  })
    .png()
    .toBuffer();

export async function zipOf(files: Readonly<Record<string, Uint8Array>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, bytes] of Object.entries(files)) zip.addBuffer(Buffer.from(bytes), name);
  zip.end();
  return buffer(zip.outputStream);
}
