/** The names that a pickle of PyTorch's tensors may use. All others are refused. */
import { ForbiddenPickleGlobalError, UnsupportedDtypeError } from '../checkpoint-errors.ts';
import { dtypeNames, type DtypeName } from '../dtype.ts';
import { maximalRank } from '../stored-tensor.ts';
import {
  PickleGlobal,
  PickleObject,
  type Construct,
  type Fail,
  type PickleEnvironment,
} from './pickle-values.ts';
import { DtypeGlobal, TorchStorage, TorchTensor } from './torch-values.ts';

const storageTypes: ReadonlyMap<string, DtypeName> = new Map([
  ['DoubleStorage', 'F64'],
  ['FloatStorage', 'F32'],
  ['HalfStorage', 'F16'],
  ['BFloat16Storage', 'BF16'],
  ['LongStorage', 'I64'],
  ['IntStorage', 'I32'],
  ['ShortStorage', 'I16'],
  ['CharStorage', 'I8'],
  ['ByteStorage', 'U8'],
  ['BoolStorage', 'BOOL'],
  ['UntypedStorage', 'U8'],
]);

const numberFormats: ReadonlyMap<string, DtypeName> = new Map([
  ['float64', 'F64'],
  ['float32', 'F32'],
  ['float16', 'F16'],
  ['bfloat16', 'BF16'],
  ['int64', 'I64'],
  ['uint64', 'U64'],
  ['int32', 'I32'],
  ['uint32', 'U32'],
  ['int16', 'I16'],
  ['uint16', 'U16'],
  ['int8', 'I8'],
  ['uint8', 'U8'],
  ['bool', 'BOOL'],
]);

const first: Construct = ([value]) => value;

const constructors: ReadonlyMap<string, Construct> = new Map<string, Construct>([
  ['torch._utils._rebuild_tensor', rebuildTensor],
  ['torch._utils._rebuild_tensor_v2', rebuildTensor],
  // Of number formats that have no storage type: the format comes with the tensor.
  [
    'torch._utils._rebuild_tensor_v3',
    ([storage, offset, shape, strides, , , dtype], fail) =>
      rebuildTensor([storage, offset, shape, strides, dtype], fail),
  ],
  ['torch._utils._rebuild_parameter', first],
  ['torch._utils._rebuild_parameter_with_state', first],
  ['torch._tensor._rebuild_from_type_v2', rebuildFromType],
  ['torch.Size', first],
  ['torch.device', first],
  ['collections.OrderedDict', ([items], fail) => dict(items, fail)],
  ['collections.defaultdict', ([, items], fail) => dict(items, fail)],
  ['builtins.set', ([items]) => new Set(Array.isArray(items) ? items : [])],
  ['__builtin__.set', ([items]) => new Set(Array.isArray(items) ? items : [])],
]);

/** Types of tensors, which are only passed around. */
const tensorTypes: ReadonlySet<string> = new Set(['torch.Tensor', 'torch.nn.parameter.Parameter']);

/** TorchScript's own: typed lists, and a value with the name of its type. */
const scriptConstructors: ReadonlyMap<string, Construct> = new Map(
  ['intlist', 'doublelist', 'boollist', 'tensorlist']
    .map((kind) => `build_${kind}`)
    .concat('restore_type_tag')
    .map((name) => [`torch.jit._pickle.${name}`, first]),
);

/** The surroundings of a file's pickle, which note the storages that it refers to. */
export interface TorchEnvironment extends PickleEnvironment {
  /** By key. */
  readonly storages: ReadonlyMap<string, TorchStorage>;
}

/** @param scripted whether the file is of TorchScript */
export function torchEnvironment(path: string, scripted: boolean): TorchEnvironment {
  const storages = new Map<string, TorchStorage>();
  return {
    storages,
    resolve: (name) => torchGlobal(path, name, scripted),
    persistent(id, fail) {
      const storage = torchStorage(id, fail);
      storages.set(storage.key, storage);
      return storage;
    },
  };
}

/**
 * What a name stands for in the pickle of a file.
 * Objects of a scripted network's classes are kept as their attributes, and nothing of their code is read.
 * @throws ForbiddenPickleGlobalError, UnsupportedDtypeError
 */
function torchGlobal(path: string, name: string, scripted: boolean): PickleGlobal {
  const construct = constructors.get(name) ?? (scripted ? scriptConstructors.get(name) : undefined);
  if (construct) return new PickleGlobal(name, construct);
  if (tensorTypes.has(name)) return new PickleGlobal(name);
  if (scripted && name.startsWith('__torch__.')) return new PickleGlobal(name, () => new PickleObject());
  return dtypeGlobal(path, name);
}

function dtypeGlobal(path: string, name: string): DtypeGlobal {
  const [, last = ''] = /^torch\.(?:storage\.)?(\w+)$/.exec(name) ?? [];
  const dtype = storageTypes.get(last) ?? numberFormats.get(last);
  if (dtype) return new DtypeGlobal(name, dtype);
  if (/Storage$|^(complex|float|q?u?int|bits)\d/.test(last)) {
    throw new UnsupportedDtypeError(path, name, dtypeNames);
  }
  throw new ForbiddenPickleGlobalError(path, name);
}

/**
 * What a persistent id stands for: a storage, by its key.
 * `('storage', type, key, device, elements)`, in the legacy format also `(view key, offset, elements)` or none.
 */
function torchStorage(id: unknown, fail: Fail): TorchStorage {
  if (!Array.isArray(id) || id[0] !== 'storage')
    return fail('it refers to something outside that is no storage');
  const [, type, key, , length, view] = id;
  if (!(type instanceof DtypeGlobal) || typeof key !== 'string') return fail('a storage has no type or key');
  const offset = Array.isArray(view) ? natural(view[1], fail) : 0;
  return new TorchStorage(key, type.dtype, natural(length, fail), offset);
}

function rebuildTensor(args: readonly unknown[], fail: Fail): TorchTensor {
  const [storage, offset, shape, strides, dtype] = args;
  if (!(storage instanceof TorchStorage)) return fail('a tensor has no storage');
  const lengths = naturals(shape, fail);
  const steps = naturals(strides, fail);
  if (lengths.length !== steps.length) fail('a tensor has not as many strides as lengths');
  const format = dtype instanceof DtypeGlobal ? dtype.dtype : storage.dtype;
  return new TorchTensor(storage, natural(offset, fail), lengths, steps, format);
}

/** A tensor that had attributes of its own, or is of a subclass: `(constructor, type, arguments, attributes)`. */
function rebuildFromType([constructor, , args]: readonly unknown[], fail: Fail): unknown {
  if (!(constructor instanceof PickleGlobal) || !constructor.name.startsWith('torch._utils._rebuild_')) {
    return fail('a tensor with attributes has no constructor');
  }
  return constructor.construct!(Array.isArray(args) ? args : [], fail);
}

function naturals(values: unknown, fail: Fail): number[] {
  if (!Array.isArray(values) || values.length > maximalRank) {
    return fail('a tensor has no list of lengths or strides, or a longer one than tensors have axes');
  }
  return values.map((value) => natural(value, fail));
}

function natural(value: unknown, fail: Fail): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  return fail('a length, offset or stride is not a natural number');
}

function dict(items: unknown, fail: Fail): Map<unknown, unknown> {
  if (items === undefined) return new Map();
  if (items instanceof Map) return new Map(items);
  if (!Array.isArray(items) || !items.every((item) => Array.isArray(item) && item.length === 2)) {
    return fail('a dict is made of something other than pairs');
  }
  return new Map(items as [unknown, unknown][]);
}
