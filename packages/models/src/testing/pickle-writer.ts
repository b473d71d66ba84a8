/** Pickles of what torch.save writes, and of what it never would. */

/** Arrays are tuples, maps dicts; bytes are put in as they are. */
export type Pickled =
  | null
  | boolean
  | number
  | bigint
  | string
  | Buffer
  | readonly Pickled[]
  | ReadonlyMap<Pickled, Pickled>
  | { readonly list: readonly Pickled[] }
  | { readonly global: string }
  | { readonly call: string; readonly args: readonly Pickled[]; readonly state?: Pickled }
  /** An object made by `__new__` without arguments. */
  | { readonly object: string; readonly state: Pickled }
  | { readonly persistent: Pickled };

/** One pickle of protocol 2. */
export function pickle(value: Pickled): Buffer {
  return Buffer.concat([Buffer.from([0x80, 2]), encode(value), Buffer.from('.')]);
}

function encode(value: Pickled): Buffer {
  if (value === null) return Buffer.from('N');
  if (typeof value === 'boolean') return Buffer.from([value ? 0x88 : 0x89]);
  if (typeof value === 'bigint') return encodeLong(value);
  if (typeof value === 'number') return encodeNumber(value);
  if (typeof value === 'string') return encodeText(value);
  if (Buffer.isBuffer(value)) return value;
  if (isTuple(value)) return join('(', ...value.map(encode), 't');
  if (isDict(value)) return join('}(', ...[...value].flat().map(encode), 'u');
  if ('list' in value) return join('](', ...value.list.map(encode), 'e');
  if ('global' in value) return encodeGlobal(value.global);
  if ('persistent' in value) return join(encode(value.persistent), 'Q');
  if ('object' in value)
    return join(encodeGlobal(value.object), ')', Buffer.from([0x81]), encode(value.state), 'b');
  const made = join(encodeGlobal(value.call), encode(value.args), 'R');
  return value.state === undefined ? made : join(made, encode(value.state), 'b');
}

function isTuple(value: object): value is readonly Pickled[] {
  return Array.isArray(value);
}

function isDict(value: object): value is ReadonlyMap<Pickled, Pickled> {
  return value instanceof Map;
}

function join(...parts: readonly (string | Buffer)[]): Buffer {
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
}

function encodeGlobal(name: string): Buffer {
  const dot = name.lastIndexOf('.');
  return Buffer.from(`c${name.slice(0, dot)}\n${name.slice(dot + 1)}\n`);
}

function encodeText(text: string): Buffer {
  const bytes = Buffer.from(text);
  const head = Buffer.from('X\0\0\0\0', 'latin1');
  head.writeUInt32LE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}

function encodeNumber(value: number): Buffer {
  if (!Number.isInteger(value)) {
    const float = Buffer.from('G\0\0\0\0\0\0\0\0', 'latin1');
    float.writeDoubleBE(value, 1);
    return float;
  }
  if (Math.abs(value) >= 2 ** 31) return encodeLong(BigInt(value));
  const int = Buffer.from('J\0\0\0\0', 'latin1');
  int.writeInt32LE(value, 1);
  return int;
}

/** In ten bytes, as many as the magic number of the legacy format needs. */
function encodeLong(value: bigint): Buffer {
  const bytes = Array.from({ length: 10 }, (_, index) => Number((value >> BigInt(8 * index)) & 255n));
  return Buffer.from([0x8a, bytes.length, ...bytes]);
}
