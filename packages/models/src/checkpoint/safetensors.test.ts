import { truncate, writeFile } from 'node:fs/promises';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectRefusedWhenCut, expectSafeWhenFlipped, readSafely } from '../testing/damage.ts';
import {
  MalformedCheckpointError,
  TruncatedCheckpointError,
  UnsupportedDtypeError,
} from './checkpoint-errors.ts';
import { openSafetensors } from './safetensors.ts';
import { encodeSafetensors, writeSafetensors, type NamedTensor } from './write-safetensors.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

const folder = temporaryFolder();

const tensor = fc
  .record({
    name: fc.string({ minLength: 1 }),
    shape: fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 4 }),
  })
  .chain(({ name, shape }) => {
    const count = shape.reduce((product, length) => product * length, 1);
    return fc
      .float32Array({ minLength: count, maxLength: count })
      .map((values): NamedTensor => ({ name, shape, values }));
  });

const tensors = fc
  .uniqueArray(tensor, { selector: ({ name }) => name, maxLength: 6 })
  .filter((all) => all.every(({ name }) => !['__metadata__', '__proto__'].includes(name)));

async function readAll(path: string): Promise<NamedTensor[]> {
  await using checkpoint = await openSafetensors(path);
  const names = [...checkpoint.tensors];
  return await Promise.all(
    names.map(async ([name, { shape }]) => ({ name, shape, values: await checkpoint.read(name) })),
  );
}

function byName(all: readonly NamedTensor[]): NamedTensor[] {
  return all.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** A file with this header, and data of this many bytes. */
async function fileWith(header: unknown, dataBytes: number): Promise<string> {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const prefix = Buffer.alloc(8);
  prefix.writeBigUInt64LE(BigInt(json.length));
  const path = folder.path('handmade.safetensors');
  await writeFile(path, Buffer.concat([prefix, json, Buffer.alloc(dataBytes)]));
  return path;
}

describe('a written file', () => {
  test('reads back bit for bit in float32', async () => {
    const path = folder.path('float32.safetensors');
    await fc.assert(
      fc.asyncProperty(tensors, async (written) => {
        await writeSafetensors(path, written, { dtype: 'F32' });
        expect(byName(await readAll(path))).toEqual(byName(written));
      }),
      { numRuns: 60 },
    );
  });

  test('reads back in float16 to the nearest half', async () => {
    const path = folder.path('float16.safetensors');
    const values = new Float32Array([0, 1, -0.5, 65504, 1e-7, 1 / 3, Infinity]);
    await writeSafetensors(path, [{ name: 'x', shape: [7], values }], { dtype: 'F16' });
    const [read] = await readAll(path);
    expect([...read!.values]).toEqual([0, 1, -0.5, 65504, 2 ** -23, 0.333251953125, Infinity]);
  });

  test('keeps its metadata', async () => {
    const path = folder.path('metadata.safetensors');
    await writeSafetensors(path, [], { dtype: 'F32', metadata: { architecture: 'fovea_mini' } });
    await using checkpoint = await openSafetensors(path);
    expect(checkpoint.metadata).toEqual({ architecture: 'fovea_mini' });
  });

  test('has the same bytes each time', () => {
    const all = [{ name: 'x', shape: [2], values: new Float32Array([1, 2]) }];
    expect(encodeSafetensors(all, { dtype: 'F16' })).toEqual(encodeSafetensors(all, { dtype: 'F16' }));
  });

  test('longer than the pieces it is read in comes back whole', async () => {
    const path = folder.path('long.safetensors');
    const values = Float32Array.from({ length: 2_500_003 }, (_, index) => index);
    await writeSafetensors(path, [{ name: 'x', shape: [values.length], values }], { dtype: 'F32' });
    const [read] = await readAll(path);
    expect(Buffer.from(read!.values.buffer).equals(Buffer.from(values.buffer))).toBe(true);
  });
});

describe('number formats', () => {
  test.each([
    ['F64', Buffer.from(new Float64Array([1.5, -2]).buffer), [1.5, -2]],
    ['BF16', Buffer.from(new Uint16Array([0x3fc0, 0xc000]).buffer), [1.5, -2]],
    ['I64', Buffer.from(new BigInt64Array([3n, -4n]).buffer), [3, -4]],
    ['U64', Buffer.from(new BigUint64Array([3n, 4n]).buffer), [3, 4]],
    ['I32', Buffer.from(new Int32Array([3, -4]).buffer), [3, -4]],
    ['U16', Buffer.from(new Uint16Array([3, 65535]).buffer), [3, 65535]],
    ['I8', Buffer.from(new Int8Array([3, -4]).buffer), [3, -4]],
    ['BOOL', Buffer.from([0, 1]), [0, 1]],
  ])('%s is read as float32', async (dtype, bytes, expected) => {
    const path = await fileWith({ x: { dtype, shape: [2], data_offsets: [0, bytes.length] } }, 0);
    await writeFile(path, bytes, { flag: 'a' });
    const [read] = await readAll(path);
    expect([...read!.values]).toEqual(expected);
  });
});

describe('a malformed file', () => {
  const f32 = (shape: number[], begin: number, end: number) => ({
    dtype: 'F32',
    shape,
    data_offsets: [begin, end],
  });

  test.each([
    ['is not JSON', '{"x": ', 0],
    ['is not UTF-8', '\u0000', 0],
    ['has a negative length', { x: f32([-1], 0, 4) }, 4],
    ['has offsets beyond every file', `{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,${2n ** 63n}]}}`, 4],
    ['has a shape whose product overflows', { x: f32([2 ** 40, 2 ** 40], 0, 4) }, 4],
    ['has a tensor that is longer than its place', { x: f32([2], 0, 4) }, 4],
    ['has tensors that overlap', { x: f32([2], 0, 8), y: f32([1], 4, 8) }, 8],
    ['has a gap', { x: f32([1], 4, 8) }, 8],
    ['has offsets in the wrong order', { x: f32([1], 4, 0) }, 4],
    ['has bytes behind its tensors', { x: f32([1], 0, 4) }, 5],
    [
      'lists a million tensors',
      `{${Array.from({ length: 1_000_000 }, (_, index) => `"${index}":0`).join()}}`,
      0,
    ],
    ['has metadata that is no text', { __metadata__: { a: 1 } }, 0],
  ])('that %s is refused', async (_, header, dataBytes) => {
    await expect(openSafetensors(await fileWith(header, dataBytes))).rejects.toThrow(
      MalformedCheckpointError,
    );
  });

  test('of an unknown number format is refused', async () => {
    const path = await fileWith({ x: { ...f32([1], 0, 4), dtype: 'F4' } }, 4);
    await expect(openSafetensors(path)).rejects.toThrow(UnsupportedDtypeError);
  });

  test('that claims a header of 2^63 bytes is refused without reading it', async () => {
    const path = folder.path('huge-header.safetensors');
    const error = await readSafely(path, Buffer.from([0, 0, 0, 0, 0, 0, 0, 0x80, 0x7b]));
    expect(error).toBeInstanceOf(MalformedCheckpointError);
    expect((error as Error).message).toMatch(/hardly a safetensors file/);
  });
});

describe('a damaged file', () => {
  const sound = encodeSafetensors(
    Array.from({ length: 8 }, (_, index) => ({
      name: `layer${index}.weight`,
      shape: [4, 3, 2],
      values: Float32Array.from({ length: 24 }, (_, position) => index + position / 24),
    })),
    { dtype: 'F32', metadata: { architecture: 'none' } },
  );

  test('is reported as truncated wherever it is cut off', async () => {
    const path = folder.path('cut.safetensors');
    for (let percent = 0; percent < 100; percent++) {
      await writeFile(path, sound.subarray(0, Math.floor((sound.length * percent) / 100)));
      await expect(readAll(path)).rejects.toThrow(TruncatedCheckpointError);
    }
  });

  test('that is cut off is refused also where its format is not known', () =>
    expectRefusedWhenCut(folder.path('cut.bin'), sound));

  test('that shrinks while it is read is reported as truncated', async () => {
    const path = folder.path('shrinking.safetensors');
    await writeFile(path, sound);
    await using checkpoint = await openSafetensors(path);
    await truncate(path, sound.length - 4);
    await expect(checkpoint.read('layer7.weight')).rejects.toThrow(TruncatedCheckpointError);
  });

  test('with flipped bytes gives tensors or a typed error, and nothing else', () =>
    expectSafeWhenFlipped(folder.path('flipped.safetensors'), sound));
});
