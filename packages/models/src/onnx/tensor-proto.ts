/** A TensorProto of ONNX: its values lie there as bytes or as numbers, or in a file beside the model. */
import { MalformedCheckpointError, UnsupportedDtypeError } from '../checkpoint/checkpoint-errors.ts';
import { dtypes, type DtypeName } from '../checkpoint/dtype.ts';
import { elementCount, maximalRank } from '../checkpoint/stored-tensor.ts';
import { wholeOf, type TensorProto } from './schema.ts';

/** By the number of `TensorProto.DataType`. */
export const dtypeOfNumber: ReadonlyMap<number, DtypeName> = new Map([
  [1, 'F32'],
  [2, 'U8'],
  [3, 'I8'],
  [4, 'U16'],
  [5, 'I16'],
  [6, 'I32'],
  [7, 'I64'],
  [9, 'BOOL'],
  [10, 'F16'],
  [11, 'F64'],
  [12, 'U32'],
  [13, 'U64'],
  [16, 'BF16'],
]);

export const externalLocation = 1;

/** @throws UnsupportedDtypeError, MalformedCheckpointError */
export function typeOf(path: string, proto: TensorProto): { dtype: DtypeName; shape: number[] } {
  const dtype = dtypeOfNumber.get(proto.dataType);
  if (!dtype) {
    throw new UnsupportedDtypeError(path, `ONNX's type ${proto.dataType}`, [...dtypeOfNumber.values()]);
  }
  const shape = proto.dims.map(wholeOf);
  if (shape.length > maximalRank || shape.some((length) => !Number.isSafeInteger(length) || length < 0)) {
    throw new MalformedCheckpointError(
      path,
      'ONNX',
      `tensor "${proto.name}" has a shape of [${shape.join(', ')}]`,
    );
  }
  return { dtype, shape };
}

/**
 * The values of a tensor that holds them, row-major, little-endian.
 * @throws UnsupportedDtypeError, MalformedCheckpointError
 */
export function bytesOf(path: string, proto: TensorProto): Uint8Array<ArrayBuffer> {
  const { dtype, shape } = typeOf(path, proto);
  const bytes = proto.rawData.length > 0 ? Uint8Array.from(proto.rawData) : fromNumbers(proto, dtype);
  const expected = elementCount(shape) * dtypes[dtype].bytes;
  if (bytes.length !== expected) {
    throw new MalformedCheckpointError(
      path,
      'ONNX',
      `tensor "${proto.name}" of ${dtype} [${shape.join(', ')}] has ${bytes.length} bytes instead of ${expected}`,
    );
  }
  return bytes;
}

/** Numbers narrower than 32 bits are kept in int32_data, 16-bit floats as their bits. */
function fromNumbers(proto: TensorProto, dtype: DtypeName): Uint8Array<ArrayBuffer> {
  const { floatData, doubleData, int32Data, int64Data, uint64Data } = proto;
  const toBytes = (array: { readonly buffer: ArrayBuffer }): Uint8Array<ArrayBuffer> =>
    new Uint8Array(array.buffer);
  switch (dtype) {
    case 'F32':
      return toBytes(Float32Array.from(floatData));
    case 'F64':
      return toBytes(Float64Array.from(doubleData));
    case 'I64':
      return toBytes(BigInt64Array.from(int64Data, bigOf));
    case 'U64':
      return toBytes(BigUint64Array.from(uint64Data, bigOf));
    case 'U32':
      return toBytes(Uint32Array.from(uint64Data, wholeOf));
    case 'I32':
      return toBytes(Int32Array.from(int32Data));
    case 'I16':
    case 'U16':
    case 'F16':
    case 'BF16':
      return toBytes(Uint16Array.from(int32Data));
    default:
      return toBytes(Uint8Array.from(int32Data));
  }
}

function bigOf(value: TensorProto['int64Data'][number]): bigint {
  return typeof value === 'number' ? BigInt(value) : BigInt(value.toString());
}
