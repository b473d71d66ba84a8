import { writeFile } from 'node:fs/promises';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectRefusedWhenCut, expectSafeWhenFlipped, readSafely } from '../testing/damage.ts';
import type { Pickled } from '../testing/pickle-writer.ts';
import { sharedMaterial } from '../testing/shared-material.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { zip } from '../testing/zip-writer.ts';
import { floatStorage, legacyFile, tensor, zippedFile, type Storage } from '../testing/torch-files.ts';
import { MalformedCheckpointError, UnsupportedDtypeError } from './checkpoint-errors.ts';
import type { Checkpoint } from './checkpoint.ts';
import { openCheckpoint } from './open-checkpoint.ts';

const folder = temporaryFolder();

const writers = { zip: zippedFile, legacy: legacyFile };
type Writer = (root: Pickled, storages: readonly Storage[]) => Buffer;

async function openBytes(bytes: Buffer): Promise<Checkpoint> {
  const path = folder.path('weights.pt');
  await writeFile(path, bytes);
  return openCheckpoint(path);
}

function dict(entries: Readonly<Record<string, Pickled>>): Pickled {
  return new Map<Pickled, Pickled>(Object.entries(entries));
}

async function valuesOf(checkpoint: Checkpoint): Promise<Record<string, number[]>> {
  const names = [...checkpoint.tensors.keys()];
  return Object.fromEntries(
    await Promise.all(
      names.map(async (name): Promise<[string, number[]]> => [name, [...(await checkpoint.read(name))]]),
    ),
  );
}

describe.each(Object.entries<Writer>(writers))('a %s file', (_, write) => {
  test('gives its tensors by name, with shapes', async () => {
    const [a, b] = [floatStorage('0', [1, 2, 3, 4, 5, 6]), floatStorage('1', [7])];
    await using checkpoint = await openBytes(
      write(dict({ 'conv.weight': tensor(a, [2, 3]), 'conv.bias': tensor(b, []) }), [a, b]),
    );
    expect(checkpoint.format).toBe('pytorch');
    expect(checkpoint.tensors.get('conv.weight')).toMatchObject({ shape: [2, 3], dtype: 'F32' });
    expect(checkpoint.tensors.get('conv.bias')).toMatchObject({ shape: [], dtype: 'F32' });
    expect(await valuesOf(checkpoint)).toEqual({ 'conv.weight': [1, 2, 3, 4, 5, 6], 'conv.bias': [7] });
  });

  test.each<[string, NodeJS.TypedArray, number[]]>([
    ['DoubleStorage', new Float64Array([1.5, -2]), [1.5, -2]],
    ['HalfStorage', new Float16Array([1.5, -2]), [1.5, -2]],
    ['BFloat16Storage', new Uint16Array([0x3fc0, 0xc000]), [1.5, -2]],
    ['LongStorage', new BigInt64Array([3n, -4n]), [3, -4]],
    ['IntStorage', new Int32Array([3, -4]), [3, -4]],
    ['ShortStorage', new Int16Array([3, -4]), [3, -4]],
    ['CharStorage', new Int8Array([3, -4]), [3, -4]],
    ['ByteStorage', new Uint8Array([3, 255]), [3, 255]],
    ['BoolStorage', new Uint8Array([1, 0]), [1, 0]],
  ])('reads %s as float32, and keeps its bytes', async (type, values, expected) => {
    const storage = { key: '0', type, values };
    await using checkpoint = await openBytes(write(dict({ x: tensor(storage) }), [storage]));
    expect([...(await checkpoint.read('x'))]).toEqual(expected);
    expect(Buffer.from(await checkpoint.readStored('x'))).toEqual(
      Buffer.from(values.buffer, values.byteOffset, values.byteLength),
    );
  });

  test('reads views that share a storage, with gaps and transposed', async () => {
    const storage = floatStorage('0', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    const views = dict({
      whole: tensor(storage, [3, 4]),
      transposed: tensor(storage, [4, 3], [1, 4]),
      inner: tensor(storage, [2, 2], [4, 1], 5),
      everyThird: tensor(storage, [4], [3]),
      repeated: tensor(storage, [2, 2], [0, 1], 10),
      empty: tensor(storage, [0, 4]),
    });
    await using checkpoint = await openBytes(write(views, [storage]));
    expect(await valuesOf(checkpoint)).toEqual({
      whole: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
      transposed: [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11],
      inner: [5, 6, 9, 10],
      everyThird: [0, 3, 6, 9],
      repeated: [10, 11, 10, 11],
      empty: [],
    });
  });

  test('reads any view within its storage as its strides say', async () => {
    const storage = floatStorage(
      '0',
      Array.from({ length: 500 }, (_, index) => index),
    );
    const axis = fc.record({
      length: fc.integer({ min: 0, max: 4 }),
      stride: fc.integer({ min: 0, max: 40 }),
    });
    const view = fc.record({
      axes: fc.array(axis, { maxLength: 3 }),
      offset: fc.integer({ min: 0, max: 10 }),
    });
    await fc.assert(
      fc.asyncProperty(view, async ({ axes, offset }) => {
        const [shape, strides] = [axes.map(({ length }) => length), axes.map(({ stride }) => stride)];
        await using checkpoint = await openBytes(
          write(dict({ x: tensor(storage, shape, strides, offset) }), [storage]),
        );
        const expected = axes.reduce<number[]>(
          (positions, { length, stride }) =>
            positions.flatMap((position) => Array.from({ length }, (__, index) => position + index * stride)),
          [offset],
        );
        expect([...(await checkpoint.read('x'))]).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });

  test('finds the tensors within what a training script saved, and says what was around them', async () => {
    const storage = floatStorage('0', [1]);
    const saved = dict({
      epoch: 3,
      optimizer: dict({ momentum: tensor(storage) }),
      state_dict: dict({ 'module.conv.weight': tensor(storage), 'module.fc.bias': tensor(storage) }),
    });
    await using checkpoint = await openBytes(write(saved, [storage]));
    expect([...checkpoint.tensors.keys()]).toEqual(['conv.weight', 'fc.bias']);
    expect(checkpoint.metadata).toEqual({ unwrapped: 'state_dict module.' });
  });

  test('joins the names of nested dicts by dots', async () => {
    const storage = floatStorage('0', [1]);
    const nested = dict({ encoder: dict({ weight: tensor(storage) }), layers: { list: [tensor(storage)] } });
    await using checkpoint = await openBytes(write(nested, [storage]));
    expect([...checkpoint.tensors.keys()]).toEqual(['encoder.weight', 'layers.0']);
  });

  test('reads parameters and ordered dicts', async () => {
    const storage = floatStorage('0', [1, 2]);
    const parameter = {
      call: 'torch._utils._rebuild_parameter',
      args: [tensor(storage), true, { call: 'collections.OrderedDict', args: [] }],
    };
    const root = { call: 'collections.OrderedDict', args: [{ list: [['x', parameter]] }] };
    await using checkpoint = await openBytes(write(root, [storage]));
    expect(await valuesOf(checkpoint)).toEqual({ x: [1, 2] });
  });

  const storage = floatStorage('0', [1, 2, 3, 4]);
  const selfContaining = Buffer.from('}q\x01(X\x01\0\0\0ah\x01u', 'latin1');
  const doubling = Buffer.from(
    `}q\x00${Array.from({ length: 60 }, (__, index) => `}(X\x01\0\0\0ah${String.fromCharCode(index)}X\x01\0\0\0bh${String.fromCharCode(index)}uq${String.fromCharCode(index + 1)}`).join('')}`,
    'latin1',
  );
  test.each<[string, Pickled, RegExp]>([
    ['has a tensor beyond its storage', dict({ x: tensor(storage, [5]) }), /reaches 20 bytes far, of 16/],
    ['has an offset beyond its storage', dict({ x: tensor(storage, [1], [1], 4) }), /reaches/],
    ['has strides beyond its storage', dict({ x: tensor(storage, [2], [4]) }), /reaches/],
    ['has an offset of 2^63', dict({ x: tensor(storage, [1], [1], 2 ** 63) }), /natural number/],
    ['has a negative stride', dict({ x: tensor(storage, [2], [-1], 3) }), /natural number/],
    ['repeats a value 2^40 times', dict({ x: tensor(storage, [2 ** 40], [0]) }), /larger than the file/],
    [
      'has lengths whose product overflows',
      dict({ x: tensor(storage, [2 ** 50, 2 ** 50, 2 ** 50]) }),
      /natural|larger/,
    ],
    ['has more axes than tensors can', dict({ x: tensor(storage, Array<number>(70).fill(1)) }), /longer one/],
    ['has fewer strides than lengths', dict({ x: tensor(storage, [2, 2], [1]) }), /not as many strides/],
    ['holds no tensors', dict({ epoch: 3 }), /no named tensors/],
    ['is a tensor without a name', tensor(storage), /no named tensors/],
    ['holds itself', selfContaining, /nested deeper/],
    ['doubles sixty times', doubling, /more than 1000000 things/],
    [
      'names two tensors alike',
      dict({ 'a.b': tensor(storage), a: dict({ b: tensor(storage) }) }),
      /two tensors/,
    ],
  ])('that %s is refused', async (___, root, message) => {
    const error = await readSafely(folder.path('absurd.pt'), write(root, [storage]));
    expect(error).toBeInstanceOf(MalformedCheckpointError);
    expect((error as Error).message).toMatch(message);
  });

  test('of complex numbers is refused', async () => {
    const complex = { key: '0', type: 'ComplexFloatStorage', values: new Float32Array(2) };
    const bytes = write(dict({ x: tensor(complex, [1]) }), [complex]);
    expect(await readSafely(folder.path('complex.pt'), bytes)).toBeInstanceOf(UnsupportedDtypeError);
  });

  const storages = Array.from({ length: 6 }, (__, index) =>
    floatStorage(
      `${index}`,
      Array.from({ length: 12 }, (___, position) => index + position / 12),
    ),
  );
  const sound = write(
    dict(
      Object.fromEntries(
        storages.map((each, index) => [`layer${index}.weight`, tensor(each, [4, 3], [1, 4])]),
      ),
    ),
    storages,
  );

  test('that is cut off anywhere is refused', () => expectRefusedWhenCut(folder.path('cut.pt'), sound));

  test('with flipped bytes gives tensors or a typed error, and nothing else', () =>
    expectSafeWhenFlipped(folder.path('flipped.pt'), sound));
});

describe('a zip file', () => {
  const storage = floatStorage('0', [1, 2]);

  test('of a big-endian machine is read as it was meant', async () => {
    const values = new Float32Array([1.5, -2]);
    const swapped = new Float32Array(Uint8Array.from(Buffer.from(values.buffer.slice()).swap32()).buffer);
    const big = { ...storage, values: swapped };
    await using checkpoint = await openBytes(
      zippedFile(dict({ x: tensor(big) }), [big], { byteOrder: 'big' }),
    );
    expect(await valuesOf(checkpoint)).toEqual({ x: [1.5, -2] });
    expect(Buffer.from(await checkpoint.readStored('x'))).toEqual(Buffer.from(values.buffer));
  });

  test('of TorchScript gives the tensors of its modules, named by their attributes', async () => {
    const module = (attributes: Readonly<Record<string, Pickled>>): Pickled => ({
      object: '__torch__.torch.nn.modules.___torch_mangle_3.Module',
      state: dict({ training: false, _is_full_backward_hook: null, ...attributes }),
    });
    const root = module({
      visual: module({ conv1: module({ weight: tensor(storage, [1, 2]) }) }),
      logit_scale: tensor(storage, [], [], 1),
      sizes: { call: 'torch.jit._pickle.build_intlist', args: [{ list: [1, 2] }] },
      cache: { list: [tensor(storage)] },
    });
    await using checkpoint = await openBytes(zippedFile(root, [storage], { scripted: true }));
    expect(await valuesOf(checkpoint)).toEqual({ 'visual.conv1.weight': [1, 2], logit_scale: [2] });
  });

  const sound = zippedFile(dict({ x: tensor(storage) }), [storage]);
  const central = sound.indexOf('PK\x01\x02', 0, 'latin1');
  const end = sound.indexOf('PK\x05\x06', 0, 'latin1');
  const changed = (change: (bytes: Buffer) => void): Buffer => {
    const bytes = Buffer.from(sound);
    change(bytes);
    return bytes;
  };
  test.each<[string, Buffer]>([
    ['whose pickle claims 4 GB', changed((bytes) => bytes.writeUInt32LE(0xfffffffe, central + 24))],
    [
      'whose pickle claims 4 GB, packed and unpacked',
      changed((bytes) => bytes.fill(0xfe, central + 20, central + 28)),
    ],
    ['whose pickle is compressed', changed((bytes) => bytes.writeUInt16LE(8, central + 10))],
    ['whose pickle is encrypted', changed((bytes) => bytes.writeUInt16LE(1, central + 8))],
    ['whose pickle lies beyond its end', changed((bytes) => bytes.writeUInt32LE(0xfffffff0, central + 42))],
    ['that claims 2^63 files', changed((bytes) => bytes.writeBigUInt64LE(2n ** 63n, end - 44))],
    ['whose directory lies beyond its end', changed((bytes) => bytes.writeBigUInt64LE(2n ** 40n, end - 28))],
    ['whose directory lies at 2^63', changed((bytes) => bytes.writeBigUInt64LE(2n ** 63n, end - 28))],
    ['whose end is said to lie at 2^63', changed((bytes) => bytes.writeBigUInt64LE(2n ** 63n, end - 12))],
    ['without a pickle', zip(new Map([['archive/version', Buffer.from('3')]]))],
  ])('%s is refused', async (_, bytes) => {
    expect(await readSafely(folder.path('absurd.zip'), bytes)).toBeDefined();
  });

  test('without one of its storages is refused', async () => {
    const bytes = zippedFile(dict({ x: tensor(storage) }), []);
    await expect(openBytes(bytes)).rejects.toThrow(/no file "archive\/data\/0"/);
  });

  test('with a storage that is shorter than its tensors think is refused', async () => {
    const bytes = zippedFile(dict({ x: tensor(storage) }), [floatStorage('0', [1])]);
    await expect(openBytes(bytes)).rejects.toThrow(/has 4 bytes for 2 elements/);
  });
});

describe('a legacy file', () => {
  const storage = floatStorage('0', [1, 2]);

  test('whose storage claims 2^63 elements is refused', async () => {
    const bytes = legacyFile(dict({ x: tensor(storage) }), [storage]);
    bytes.fill(0xff, bytes.length - 16, bytes.length - 9);
    expect(await readSafely(folder.path('absurd.th'), bytes)).toBeInstanceOf(MalformedCheckpointError);
  });

  test('that is some other pickle is refused', async () => {
    const bytes = Buffer.from('\x80\x02}q\x00.', 'latin1');
    await expect(openBytes(bytes)).rejects.toThrow(/not one that torch.save wrote/);
  });
});

describe.skipIf(!sharedMaterial.present)(`published files${sharedMaterial.note}`, () => {
  test.each([
    ['resnet20-12fca82f.th', 97, 269_722],
    ['resnet56-4bfd9763.th', 277, 853_018],
    ['dit_mnist_classcond.pth', 54, 208_705],
  ])('%s is read in full', async (name, count, parameters) => {
    await using checkpoint = await openCheckpoint(sharedMaterial.path('models', name));
    expect(checkpoint.tensors.size).toBe(count);
    let learned = 0;
    for (const tensorName of checkpoint.tensors.keys()) {
      const values = await checkpoint.read(tensorName);
      expect(values.every(Number.isFinite)).toBe(true);
      if (!/running_|num_batches/.test(tensorName)) learned += values.length;
    }
    expect(learned).toBe(parameters);
  });
});
