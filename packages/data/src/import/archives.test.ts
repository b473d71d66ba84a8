import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { importFiles } from '../testing/import-files.ts';
import { picture, tarGzOf, tarOf, zipOf } from '../testing/pictures.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

const folder = temporaryFolder();

/** Changes a name in an archive for another as long. */
const renamed = (archive: Buffer, from: string, to: string) =>
  Buffer.from(archive.toString('latin1').replaceAll(from, to), 'latin1');

/** Says of the one file of a zip archive that it unpacks to 400 MB. */
function bomb(zip: Buffer): Buffer {
  const boasting = Buffer.from(zip);
  boasting.writeUInt32LE(400_000_000, boasting.indexOf('PK\u0001\u0002', 0, 'latin1') + 24);
  return boasting;
}

/** Marks each file of a zip archive as encrypted. */
function encrypted(zip: Buffer): Buffer {
  const marked = Buffer.from(zip);
  for (const [signature, flags] of [
    ['PK\u0003\u0004', 6],
    ['PK\u0001\u0002', 8],
  ] as const)
    for (
      let at = marked.indexOf(signature, 0, 'latin1');
      at >= 0;
      at = marked.indexOf(signature, at + 4, 'latin1')
    )
      marked[at + flags]! |= 1;
  return marked;
}

describe('an archive is refused, and says why,', () => {
  test.each<[string, string, () => Promise<Buffer>, string]>([
    [
      'that leads out of its folder',
      'a.zip',
      async () => renamed(await zipOf({ 'ab/a.png': await picture(1) }), 'ab/a', '../a'),
      'ARCHIVE_UNSAFE_PATH',
    ],
    [
      'with an absolute path',
      'a.zip',
      async () => renamed(await zipOf({ 'ab/a.png': await picture(1) }), 'ab/a', '/b/a'),
      'ARCHIVE_UNSAFE_PATH',
    ],
    [
      'that leads out of its folder',
      'a.tar',
      async () => tarOf({ '../a.png': await picture(1) }),
      'ARCHIVE_UNSAFE_PATH',
    ],
    [
      'with a path of Windows',
      'a.tar',
      async () => tarOf({ 'a\\..\\..\\b.png': await picture(1) }),
      'ARCHIVE_UNSAFE_PATH',
    ],
    [
      'that is cut',
      'a.zip',
      async () => (await zipOf({ 'a.png': await picture(1) })).subarray(0, 80),
      'ARCHIVE_MALFORMED',
    ],
    [
      'that is cut',
      'a.tar',
      async () => (await tarOf({ 'a.png': await picture(1, 'png', 60) })).subarray(0, 700),
      'ARCHIVE_MALFORMED',
    ],
    [
      'that is cut',
      'a.tar.gz',
      async () => (await tarGzOf({ 'a.png': await picture(1, 'png', 60) })).subarray(0, 200),
      'ARCHIVE_MALFORMED',
    ],
    [
      'with a password',
      'a.zip',
      async () => encrypted(await zipOf({ 'a.png': await picture(1) })),
      'ARCHIVE_ENCRYPTED',
    ],
    ['that is a bomb', 'a.zip', async () => bomb(await zipOf({ 'a.png': await picture(1) })), 'ARCHIVE_BOMB'],
    [
      'that is a bomb',
      'a.tar.gz',
      async () =>
        gzipSync(Buffer.concat([await tarOf({ 'a.png': await picture(1) }), Buffer.alloc(300_000_000)]), {
          level: 1,
        }),
      'ARCHIVE_BOMB',
    ],
    [
      'of another kind',
      'a.7z',
      async () => Buffer.from('377abcaf271c00040000000000000000', 'hex'),
      'SOURCE_UNSUPPORTED',
    ],
  ])('%s (%s)', async (_what, name, content, code) => {
    await expect(importFiles(folder, { name, bytes: await content() })).rejects.toMatchObject({ code });
  });
});

test('links in a tar are not followed, but listed', async () => {
  const bytes = await tarOf({ 'a/1.png': await picture(1) }, { 'a/2.png': '/etc/passwd' });
  const { manifest } = await importFiles(folder, { name: 'a.tar', bytes });
  expect(manifest.problems).toEqual([
    { file: 'a/2.png', reason: 'unreadable', message: expect.stringContaining('link') },
  ]);
});

test('what an archive is depends on its content, not on its name', async () => {
  const { manifest } = await importFiles(folder, {
    name: 'upload',
    bytes: await zipOf({ 'a/1.png': await picture(1) }),
  });
  expect(manifest.content).toMatchObject({ container: 'zip', layout: 'images' });
});
