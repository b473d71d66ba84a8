import { writeFile } from 'node:fs/promises';
import protobuf from 'protobufjs/minimal.js';
import { describe, expect, test } from 'vitest';
import { expectSafeWhenCut, expectSafeWhenFlipped, readSafely } from '../testing/damage.ts';
import { graphDef, type Constant } from '../testing/graphdef-writer.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { MalformedCheckpointError, UnsupportedDtypeError } from './checkpoint-errors.ts';
import { openCheckpoint } from './open-checkpoint.ts';

const folder = temporaryFolder();

const [float, int32, text] = [1, 3, 7];

function floatBytes(...values: number[]): Uint8Array {
  return new Uint8Array(new Float32Array(values).buffer);
}

async function valuesOf(constants: readonly Constant[]): Promise<Record<string, number[]>> {
  const path = folder.path('graph.pb');
  await writeFile(path, graphDef(constants));
  await using checkpoint = await openCheckpoint(path);
  const read: Record<string, number[]> = {};
  for (const name of checkpoint.tensors.keys()) read[name] = [...(await checkpoint.read(name))];
  return read;
}

describe('a frozen graph', () => {
  test('gives its constants by the names of their nodes, in their own layout', async () => {
    const path = folder.path('layout.pb');
    const values = { content: floatBytes(1, 2, 3, 4, 5, 6) };
    await writeFile(path, graphDef([{ name: 'conv2d0_w', type: float, shape: [1, 1, 2, 3], values }]));
    await using checkpoint = await openCheckpoint(path);
    expect(checkpoint.format).toBe('graphdef');
    expect([...checkpoint.tensors.keys()]).toEqual(['conv2d0_w']);
    expect(checkpoint.tensors.get('conv2d0_w')).toMatchObject({ shape: [1, 1, 2, 3], dtype: 'F32' });
    expect([...(await checkpoint.read('conv2d0_w'))]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(Buffer.from(await checkpoint.readStored('conv2d0_w'))).toEqual(Buffer.from(values.content));
  });

  test.each<[string, Constant['values'], number[], number[]]>([
    ['as bytes', { content: floatBytes(1.5, -2) }, [2], [1.5, -2]],
    ['as packed numbers', { packedFloats: [1.5, -2] }, [2], [1.5, -2]],
    ['as numbers one by one', { floats: [1.5, -2] }, [2], [1.5, -2]],
    ['as one number for all', { packedFloats: [7] }, [2, 2], [7, 7, 7, 7]],
    ['as one for all, in bytes', { content: floatBytes(7) }, [3], [7, 7, 7]],
    ['as none, which are zeros', { floats: [] }, [3], [0, 0, 0]],
    ['as a scalar', { floats: [0.5] }, [], [0.5]],
  ])('with values %s is read', async (_, values, shape, expected) => {
    expect(await valuesOf([{ name: 'x', type: float, shape, values }])).toEqual({ x: expected });
  });

  test('with integers is read, and texts are left out', async () => {
    const constants: Constant[] = [
      { name: 'shape', type: int32, shape: [3], values: { ints: [-1, 1024, 7] } },
      { name: 'classes', type: text, shape: [2], values: { texts: ['cat', 'dog'] } },
    ];
    expect(await valuesOf(constants)).toEqual({ shape: [-1, 1024, 7] });
  });
});

describe('a graph that makes no sense', () => {
  const wrong = (shape: Constant['shape'], values: Constant['values'] = { floats: [1, 2] }, type = float) =>
    graphDef([{ name: 'x', type, shape, values }]);

  test.each<[string, Buffer, RegExp]>([
    ['has fewer values than its shape says', wrong([3]), /has 2 values/],
    ['repeats a value 2^62 times', wrong([2n ** 62n], { floats: [1] }), /larger than the file/],
    [
      'has lengths whose product overflows',
      wrong([2n ** 50n, 2n ** 50n], { floats: [1] }),
      /larger than the file/,
    ],
    ['has half a value', wrong([1], { content: new Uint8Array(2) }), /has 0.5 values/],
    ['has a negative length', wrong([-1]), /length of -1/],
    [
      'has a million fields',
      Buffer.concat([Buffer.from([0x0a, 0x80, 0x89, 0x7a]), Buffer.alloc(2_000_000, '\x1a\0', 'latin1')]),
      /more than 100000 fields/,
    ],
    ['has no constants', graphDef([]), /none of its nodes/],
    ['has two constants of a name', Buffer.concat([wrong([2]), wrong([2])]), /two of its nodes/],
  ])('because it %s is refused', async (_, bytes, message) => {
    const error = await readSafely(folder.path('absurd.pb'), bytes);
    expect(error).toBeInstanceOf(MalformedCheckpointError);
    expect((error as Error).message).toMatch(message);
  });

  test('because it has quantized numbers is refused', async () => {
    expect(await readSafely(folder.path('quantized.pb'), wrong([2], undefined, 12))).toBeInstanceOf(
      UnsupportedDtypeError,
    );
  });

  test('because a node claims 2^63 bytes is refused without reading it', async () => {
    const bytes = protobuf.Writer.create()
      .uint32(10)
      .uint64((2n ** 63n).toString())
      .finish();
    expect(await readSafely(folder.path('huge.pb'), Buffer.concat([bytes, Buffer.alloc(100)]))).toBeDefined();
  });

  test('because it nests groups without end is refused', async () => {
    expect(
      await readSafely(
        folder.path('deep.pb'),
        Buffer.concat([Buffer.from([0x0a, 0]), Buffer.alloc(200_000, 0x0b)]),
      ),
    ).toBeDefined();
  });
});

describe('a damaged graph', () => {
  const sound = graphDef(
    Array.from({ length: 5 }, (_, index) => ({
      name: `conv2d${index}_w`,
      type: float,
      shape: [3, 4],
      values:
        index % 2 === 0
          ? { content: floatBytes(...Array<number>(12).fill(index)) }
          : { packedFloats: Array<number>(12).fill(index) },
    })),
  );

  // Between two nodes it cannot be told from a whole one: that its constants are too few is for the network to say.
  test('gives the constants that are whole or a typed error wherever it is cut off', () =>
    expectSafeWhenCut(folder.path('cut.pb'), sound));

  test('with flipped bytes gives tensors or a typed error, and nothing else', () =>
    expectSafeWhenFlipped(folder.path('flipped.pb'), sound));
});
