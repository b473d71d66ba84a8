/** The wire format of protocol buffers, as places in the bytes instead of decoded messages. */
import protobuf from 'protobufjs/minimal.js';

export interface Field {
  readonly number: number;
  /** Of what the field holds, without its key and length. */
  readonly begin: number;
  readonly end: number;
}

/** Numbers are packed into one field, hence a message that is no attack has few. */
export const maximalFields = 100_000;

/** A key and a length are two varints of at most ten bytes. */
export const maximalKeyBytes = 20;

const lengthDelimited = 2;

/**
 * The field whose key is at `position`; it can end beyond the bytes.
 * @throws RangeError where the bytes are no key
 */
export function fieldAt(bytes: Uint8Array, position: number): Field {
  const reader = new protobuf.Reader(bytes);
  reader.pos = position;
  const key = reader.tag();
  const [number, wireType] = [key >>> 3, key & 7];
  if (wireType === lengthDelimited) {
    const length = Number(BigInt.asUintN(64, whole(reader.uint64())));
    return { number, begin: reader.pos, end: reader.pos + length };
  }
  const begin = reader.pos;
  reader.skipType(wireType, 0, number);
  return { number, begin, end: reader.pos };
}

/** @throws RangeError */
export function* fieldsOf(bytes: Uint8Array, begin: number, end: number): Generator<Field> {
  let count = 0;
  for (let position = begin; position < end;) {
    if (++count > maximalFields) throw new RangeError(`a message has more than ${maximalFields} fields`);
    const field = fieldAt(bytes, position);
    if (field.end > end) throw new RangeError(`field ${field.number} ends beyond its message`);
    yield field;
    position = field.end;
  }
}

export function textOf(bytes: Uint8Array, { begin, end }: Field): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + begin, end - begin).toString('utf8');
}

/** How many varints a field has, packed or alone: the last byte of each is below 128. */
export function varintCount(bytes: Uint8Array, { begin, end }: Field): number {
  let count = 0;
  for (let position = begin; position < end; position++) if (bytes[position]! < 128) count++;
  return count;
}

/** @throws RangeError */
export function* varintsOf(bytes: Uint8Array, { begin, end }: Field): Generator<bigint> {
  const reader = new protobuf.Reader(bytes.subarray(0, end));
  reader.pos = begin;
  while (reader.pos < end) yield whole(reader.int64());
}

function whole({ high, low }: { readonly high: number; readonly low: number }): bigint {
  return (BigInt(high) << 32n) | BigInt(low >>> 0);
}
