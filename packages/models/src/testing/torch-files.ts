/** Files as torch.save and torch.jit.save write them. */
import { rowMajorStrides } from '../checkpoint/strided.ts';
import { pickle, type Pickled } from './pickle-writer.ts';
import { zip } from './zip-writer.ts';

export interface Storage {
  readonly key: string;
  /** `FloatStorage`, `HalfStorage`, ... */
  readonly type: string;
  readonly values: NodeJS.TypedArray;
}

export function floatStorage(key: string, values: readonly number[]): Storage {
  return { key, type: 'FloatStorage', values: new Float32Array(values) };
}

/** A view of a storage; by default row-major from its beginning. */
export function tensor(
  storage: Storage,
  shape: readonly number[] = [storage.values.length],
  strides: readonly number[] = rowMajorStrides(shape),
  offset = 0,
): Pickled {
  const { key, type, values } = storage;
  const id = ['storage', { global: `torch.${type}` }, key, 'cpu', values.length];
  return {
    call: 'torch._utils._rebuild_tensor_v2',
    args: [{ persistent: id }, offset, shape, strides, false, { call: 'collections.OrderedDict', args: [] }],
  };
}

interface ZipOptions {
  /** Whether it looks like TorchScript. */
  readonly scripted?: boolean;
  readonly byteOrder?: 'little' | 'big';
}

export function zippedFile(
  root: Pickled,
  storages: readonly Storage[],
  { scripted = false, byteOrder = 'little' }: ZipOptions = {},
): Buffer {
  return zip(
    new Map([
      ['archive/data.pkl', pickle(root)],
      ['archive/byteorder', Buffer.from(byteOrder)],
      ...storages.map(({ key, values }): [string, Buffer] => [`archive/data/${key}`, bytesOf(values)]),
      ['archive/version', Buffer.from('3\n')],
      ...(scripted ? [['archive/constants.pkl', pickle([])] as const] : []),
    ]),
  );
}

export function legacyFile(root: Pickled, storages: readonly Storage[]): Buffer {
  return Buffer.concat([
    pickle(0x1950a86a20f9469cfc6cn),
    pickle(1001),
    pickle(new Map<Pickled, Pickled>([['little_endian', true]])),
    pickle(root),
    pickle({ list: storages.map(({ key }) => key) }),
    ...storages.flatMap(({ values }) => {
      const length = Buffer.alloc(8);
      length.writeBigInt64LE(BigInt(values.length));
      return [length, bytesOf(values)];
    }),
  ]);
}

function bytesOf(values: NodeJS.TypedArray): Buffer {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}
