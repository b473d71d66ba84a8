/// <reference lib="esnext.float16" />
/** Number formats of a checkpoint (little-endian), and their decoding to float32. */

interface Dtype {
  readonly bytes: 1 | 2 | 4 | 8;
  /** @param raw whole elements, from the start of its buffer */
  decode(raw: ArrayBuffer): ArrayLike<number>;
}

export const dtypes = {
  F64: { bytes: 8, decode: (raw) => new Float64Array(raw) },
  F32: { bytes: 4, decode: (raw) => new Float32Array(raw) },
  F16: { bytes: 2, decode: (raw) => new Float16Array(raw) },
  BF16: { bytes: 2, decode: decodeBfloat16 },
  I64: { bytes: 8, decode: (raw) => Float64Array.from(new BigInt64Array(raw), Number) },
  U64: { bytes: 8, decode: (raw) => Float64Array.from(new BigUint64Array(raw), Number) },
  I32: { bytes: 4, decode: (raw) => new Int32Array(raw) },
  U32: { bytes: 4, decode: (raw) => new Uint32Array(raw) },
  I16: { bytes: 2, decode: (raw) => new Int16Array(raw) },
  U16: { bytes: 2, decode: (raw) => new Uint16Array(raw) },
  I8: { bytes: 1, decode: (raw) => new Int8Array(raw) },
  U8: { bytes: 1, decode: (raw) => new Uint8Array(raw) },
  BOOL: { bytes: 1, decode: (raw) => new Uint8Array(raw) },
} satisfies Record<string, Dtype>;

export type DtypeName = keyof typeof dtypes;

export const dtypeNames = Object.keys(dtypes) as DtypeName[];

/** A bfloat16 is the upper half of a float32. */
function decodeBfloat16(raw: ArrayBuffer): Float32Array {
  return new Float32Array(Uint32Array.from(new Uint16Array(raw), (bits) => bits << 16).buffer);
}

export function encode(values: Float32Array | Float16Array, dtype: 'F16' | 'F32'): Uint8Array {
  const Wanted = dtype === 'F16' ? Float16Array : Float32Array;
  const { buffer, byteOffset, byteLength } = values instanceof Wanted ? values : new Wanted(values);
  return new Uint8Array(buffer, byteOffset, byteLength);
}
