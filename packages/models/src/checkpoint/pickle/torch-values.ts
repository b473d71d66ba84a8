/** Tensors as PyTorch pickles them: views of storages that lie elsewhere. */
import type { DtypeName } from '../dtype.ts';
import { PickleGlobal } from './pickle-values.ts';

/** A number format, by itself or as the type of a storage. */
export class DtypeGlobal extends PickleGlobal {
  readonly dtype: DtypeName;

  constructor(name: string, dtype: DtypeName) {
    super(name);
    this.dtype = dtype;
  }
}

/** A run of numbers that tensors are views of. */
export class TorchStorage {
  readonly key: string;
  readonly dtype: DtypeName;
  /** In elements. */
  readonly length: number;
  /** In elements: only the legacy format has storages that begin inside another. */
  readonly offset: number;

  constructor(key: string, dtype: DtypeName, length: number, offset: number) {
    this.key = key;
    this.dtype = dtype;
    this.length = length;
    this.offset = offset;
  }
}

export class TorchTensor {
  readonly storage: TorchStorage;
  /** Of its first element in the storage, in elements, as are the strides. */
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly dtype: DtypeName;

  constructor(
    storage: TorchStorage,
    offset: number,
    shape: readonly number[],
    strides: readonly number[],
    dtype: DtypeName,
  ) {
    this.storage = storage;
    this.offset = offset;
    this.shape = shape;
    this.strides = strides;
    this.dtype = dtype;
  }
}
