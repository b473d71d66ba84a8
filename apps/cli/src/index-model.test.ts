import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { IndexRecord } from './index-here/record.ts';
import type { SavedPicture } from './index-here/run-folder.ts';
import type { IndexSummary } from './index-summary.ts';
import { callFovea, lastJson } from './testing/call-fovea.ts';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'fovea-cli-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

const fovea = (...args: string[]) =>
  callFovea(args, { FOVEA_HOME: home, FOVEA_API: undefined, FOVEA_CODE_VERSION: 'test' });

const read = async <T>(...path: string[]) => JSON.parse(await readFile(join(home, ...path), 'utf8')) as T;

const small = [
  '--layers',
  'conv2d0',
  '--only',
  'pictures,sweep',
  '--images',
  '8',
  '--steps',
  '2',
  '--restarts',
  '1',
];

test('without a server the index is a folder of pictures and JSON, and is made once', async () => {
  const args = ['index', 'default', ...small, '--json', '--out', join(home, 'catalogue')];
  const first = await fovea(...args);
  expect(first).toMatchObject({ code: 0 });
  expect(lastJson(first.stdout)).toMatchObject({
    index: null,
    model: 'fovea_mini',
    status: 'finished',
    runs: 3,
    pictures: { made: 96, skipped: 0 },
    failures: [],
  });

  const record = await read<IndexRecord>('catalogue', 'index.json');
  expect(record).toMatchObject({ model: 'fovea_mini', layers: [{ layer: 'conv2d0', units: 24 }] });
  const pictures = await read<SavedPicture[]>('catalogue', 'conv2d0', 'pictures.json');
  expect(pictures).toHaveLength(96);
  const { width } = await sharp(join(home, 'catalogue', pictures[0]!.file)).metadata();
  expect(width).toBe(64);

  const again = lastJson((await fovea(...args)).stdout) as IndexSummary;
  expect(again).toMatchObject({ runs: 0, pictures: { made: 0, skipped: 96 } });
}, 300_000);

test.each([
  ['a part that there is not', ['--only', 'picturs'], 'did you mean "pictures"'],
  ['a layer that the model lacks', ['--layers', 'conv2d9'], 'conv2d0'],
  ['a sweep without a dataset', ['--only', 'sweep', '--dataset', 'nowhere'], 'nowhere'],
])('%s ends with 2', async (_, args, expected) => {
  const { code, stderr } = await fovea('index', 'default', ...args, '--out', join(home, 'refused'));
  expect(stderr).toContain(expected);
  expect(code).toBe(2);
});
