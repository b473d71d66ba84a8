/** Zip archives, which inception5h comes as. */
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';

/** Unpacks the files at the top of an archive into `folder`, and says which. Folders in it are left out. */
export async function unpackZip(path: string, folder: string): Promise<string[]> {
  const archive = await openPromise(path);
  const names: string[] = [];
  for await (const entry of archive.eachEntry()) {
    const { fileName } = entry;
    if (fileName.includes('/') || fileName.includes('\\')) continue;
    await pipeline(await archive.openReadStreamPromise(entry), createWriteStream(join(folder, fileName)));
    names.push(fileName);
  }
  return names;
}
