import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { legacyFile, tensor, zippedFile, type Storage } from '../testing/torch-files.ts';
import { openCheckpoint } from './open-checkpoint.ts';
import { convertToSafetensors } from './write-safetensors.ts';

const folder = temporaryFolder();

const half: Storage = { key: '0', type: 'HalfStorage', values: new Float16Array([1, 2, 3, 4, 5, 6]) };
const long: Storage = { key: '1', type: 'LongStorage', values: new BigInt64Array([2n ** 60n]) };
const root = new Map([
  ['module.weight', tensor(half, [3, 2], [1, 3])],
  ['module.bias', tensor(half, [2], [1], 4)],
  ['module.num_batches_tracked', tensor(long, [])],
]);

async function convert(name: string, bytes: Buffer): Promise<string> {
  const [from, to] = [folder.path(name), folder.path(`${name}.safetensors`)];
  await writeFile(from, bytes);
  await using checkpoint = await openCheckpoint(from);
  await convertToSafetensors(checkpoint, to);
  return to;
}

test('a conversion keeps names, shapes, number formats and values', async () => {
  await using converted = await openCheckpoint(await convert('a.pt', zippedFile(root, [half, long])));
  expect(converted.format).toBe('safetensors');
  expect(converted.metadata).toEqual({ unwrapped: 'module.' });
  expect(
    Object.fromEntries([...converted.tensors].map(([name, { shape, dtype }]) => [name, { shape, dtype }])),
  ).toEqual({
    weight: { shape: [3, 2], dtype: 'F16' },
    bias: { shape: [2], dtype: 'F16' },
    num_batches_tracked: { shape: [], dtype: 'I64' },
  });
  expect([...(await converted.read('weight'))]).toEqual([1, 4, 2, 5, 3, 6]);
  expect([...(await converted.read('bias'))]).toEqual([5, 6]);
  expect(Buffer.from(await converted.readStored('num_batches_tracked')).readBigInt64LE()).toBe(2n ** 60n);
});

test('the same tensors give the same bytes, whatever file they come from', async () => {
  const fromZip = await convert('b.pt', zippedFile(root, [half, long]));
  const fromLegacy = await convert('b.th', legacyFile(new Map([...root].toReversed()), [long, half]));
  expect(await readFile(fromZip)).toEqual(await readFile(fromLegacy));
});
