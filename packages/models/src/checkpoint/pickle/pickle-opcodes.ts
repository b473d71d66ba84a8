/** The opcodes of pickle protocols 0 to 5 with which data is written; those that only code needs are missing. */
import type { ByteSource } from './byte-source.ts';
import { PickleGlobal, PickleObject, type PickleEnvironment } from './pickle-values.ts';

/** The state of a running pickle, as its opcodes see it. */
export interface PickleMachine {
  readonly source: ByteSource;
  readonly environment: PickleEnvironment;
  readonly memo: Map<number, unknown>;
  /** Counts work beyond that of one opcode. */
  readonly spend: (operations: number) => void;
  readonly push: (value: unknown) => void;
  readonly pop: () => unknown;
  /** The value on top, which stays there. */
  readonly top: () => unknown;
  /** Opens a group of values. */
  readonly mark: () => void;
  /** The values since the last mark, which is removed with them. */
  readonly popGroup: () => unknown[];
}

type Operation = (machine: PickleMachine) => void;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Integers that a tensor can need have at most eight bytes; the magic number of the legacy format has ten. */
const maximalIntegerBytes = 16;

export const opcodes: ReadonlyMap<number, Operation> = new Map(
  Object.entries<Operation>({
    // Numbers
    N: (machine) => machine.push(null),
    '\x88': (machine) => machine.push(true),
    '\x89': (machine) => machine.push(false),
    I: (machine) => machine.push(decimal(machine)),
    L: (machine) => machine.push(decimal(machine)),
    F: (machine) => machine.push(Number(machine.source.line())),
    J: (machine) => machine.push(machine.source.take(4).readInt32LE()),
    K: (machine) => machine.push(machine.source.byte()),
    M: (machine) => machine.push(machine.source.take(2).readUInt16LE()),
    G: (machine) => machine.push(machine.source.take(8).readDoubleBE()),
    '\x8a': (machine) => machine.push(integer(machine, machine.source.byte())),
    '\x8b': (machine) => machine.push(integer(machine, length4(machine))),

    // Texts and bytes
    V: (machine) => machine.push(escapedText(machine)),
    X: (machine) => machine.push(text(machine, length4(machine))),
    T: (machine) => machine.push(text(machine, length4(machine))),
    U: (machine) => machine.push(text(machine, machine.source.byte())),
    '\x8c': (machine) => machine.push(text(machine, machine.source.byte())),
    '\x8d': (machine) => machine.push(text(machine, length8(machine))),
    B: (machine) => machine.push(bytes(machine, length4(machine))),
    C: (machine) => machine.push(bytes(machine, machine.source.byte())),
    '\x8e': (machine) => machine.push(bytes(machine, length8(machine))),
    '\x96': (machine) => machine.push(bytes(machine, length8(machine))),

    // Containers
    '(': (machine) => machine.mark(),
    ')': (machine) => machine.push([]),
    t: (machine) => machine.push(machine.popGroup()),
    '\x85': (machine) => machine.push([machine.pop()]),
    '\x86': (machine) => machine.push(tuple(machine, 2)),
    '\x87': (machine) => machine.push(tuple(machine, 3)),
    ']': (machine) => machine.push([]),
    l: (machine) => machine.push(machine.popGroup()),
    a: (machine) => append(machine, [machine.pop()]),
    e: (machine) => append(machine, machine.popGroup()),
    '}': (machine) => machine.push(new Map()),
    d: (machine) => machine.push(setItems(machine, new Map(), machine.popGroup())),
    s: (machine) => void setItems(machine, undefined, tuple(machine, 2)),
    u: (machine) => void setItems(machine, undefined, machine.popGroup()),
    '\x8f': (machine) => machine.push(new Set()),
    '\x90': (machine) => addItems(machine, machine.popGroup()),
    '\x91': (machine) => machine.push(new Set(machine.popGroup())),

    // Stack and memo
    '0': (machine) => void machine.pop(),
    '1': (machine) => void machine.popGroup(),
    '2': (machine) => machine.push(machine.top()),
    p: (machine) => memoize(machine, Number(machine.source.line())),
    q: (machine) => memoize(machine, machine.source.byte()),
    r: (machine) => memoize(machine, length4(machine)),
    '\x94': (machine) => memoize(machine, machine.memo.size),
    g: (machine) => recall(machine, Number(machine.source.line())),
    h: (machine) => recall(machine, machine.source.byte()),
    j: (machine) => recall(machine, length4(machine)),

    // Names, and what is made by them
    c: (machine) => resolve(machine, machine.source.line(), machine.source.line()),
    '\x93': (machine) => resolve(machine, ...(tuple(machine, 2) as [unknown, unknown])),
    R: (machine) => machine.push(construct(machine, tuple(machine, 2))),
    '\x81': (machine) => machine.push(construct(machine, tuple(machine, 2))),
    b: build,
    Q: (machine) => machine.push(machine.environment.persistent(machine.pop(), machine.source.fail)),

    // Framing
    '\x80': (machine) => protocol(machine, machine.source.byte()),
    '\x95': (machine) => void machine.source.take(8),
  }).map(([character, operation]) => [character.charCodeAt(0), operation]),
);

function length4({ source }: PickleMachine): number {
  return source.take(4).readUInt32LE();
}

/** Beyond 2^53 it is inexact, but then it is also beyond the end of every file. */
function length8({ source }: PickleMachine): number {
  return Number(source.take(8).readBigUInt64LE());
}

function text({ source }: PickleMachine, length: number): string {
  try {
    return utf8.decode(source.take(length));
  } catch (error) {
    if (error instanceof TypeError) return source.fail('a text of its pickle is not UTF-8', { cause: error });
    throw error;
  }
}

/** In protocol 0, characters beyond Latin-1 are written as `\\uXXXX`. */
function escapedText({ source }: PickleMachine): string {
  return source
    .line()
    .replaceAll(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}

function bytes({ source }: PickleMachine, length: number): Uint8Array {
  return Uint8Array.from(source.take(length));
}

/** Little-endian two's complement. */
function integer({ source }: PickleMachine, length: number): number | bigint {
  if (length > maximalIntegerBytes) source.fail(`its pickle has an integer of ${length} bytes`);
  const unsigned = [...source.take(length)].reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
  return narrow(BigInt.asIntN(8 * length, unsigned));
}

/** `I` also writes booleans, as `00` and `01`; `L` ends in the letter. */
function decimal({ source }: PickleMachine): number | bigint | boolean {
  const line = source.line();
  if (line === '00' || line === '01') return line === '01';
  if (!/^[+-]?\d{1,40}L?$/.test(line)) source.fail('its pickle has an integer that is none');
  return narrow(BigInt(line.replace(/^\+|L$/g, '')));
}

function narrow(value: bigint): number | bigint {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}

function tuple(machine: PickleMachine, length: number): unknown[] {
  return Array.from({ length }, () => machine.pop()).toReversed();
}

function append(machine: PickleMachine, values: readonly unknown[]): void {
  const list = machine.top();
  if (!Array.isArray(list)) return machine.source.fail('its pickle appends to what is no list');
  for (const value of values) list.push(value);
}

function addItems(machine: PickleMachine, values: readonly unknown[]): void {
  const set = machine.top();
  if (!(set instanceof Set)) return machine.source.fail('its pickle adds to what is no set');
  for (const value of values) set.add(value);
}

/** @param target by default what is on top of the stack, once `items` are off it */
function setItems(
  machine: PickleMachine,
  target: Map<unknown, unknown> | undefined,
  items: readonly unknown[],
): unknown {
  const dict = target ?? machine.top();
  if (!(dict instanceof Map)) return machine.source.fail('its pickle sets items of what is no dict');
  if (items.length % 2 === 1) machine.source.fail('its pickle has a key without a value');
  for (let index = 0; index < items.length; index += 2) dict.set(items[index], items[index + 1]);
  return dict;
}

function memoize({ memo, source, top }: PickleMachine, index: number): void {
  if (!Number.isSafeInteger(index)) source.fail('its pickle has a memo index that is none');
  memo.set(index, top());
}

function recall({ memo, source, push }: PickleMachine, index: number): void {
  if (!memo.has(index)) source.fail(`its pickle recalls value ${index}, which it has not yet made`);
  push(memo.get(index));
}

function resolve({ environment, source, push }: PickleMachine, module: unknown, name: unknown): void {
  if (typeof module !== 'string' || typeof name !== 'string') {
    return source.fail('its pickle has a name that is no text');
  }
  push(environment.resolve(`${module}.${name}`));
}

function construct({ source, spend }: PickleMachine, [callable, args]: readonly unknown[]): unknown {
  if (!(callable instanceof PickleGlobal) || !callable.construct) {
    return source.fail('its pickle calls what cannot be called');
  }
  if (!Array.isArray(args)) return source.fail(`its pickle calls ${callable.name} without arguments`);
  // The same arguments can be recalled any number of times, and each dict made of them is a copy.
  args.forEach((argument) => spend(sizeOf(argument)));
  return callable.construct(args, source.fail);
}

function sizeOf(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  return value instanceof Map ? value.size : 0;
}

/** State is kept of objects only: that of an ordered dict is PyTorch's record of versions. */
function build(machine: PickleMachine): void {
  const state = machine.pop();
  const target = machine.top();
  if (target instanceof Map) return;
  if (!(target instanceof PickleObject) || !(state instanceof Map)) {
    return machine.source.fail('its pickle sets the state of what has none');
  }
  machine.spend(state.size);
  for (const [name, value] of state) target.attributes.set(name, value);
}

function protocol({ source }: PickleMachine, version: number): void {
  if (version > 5) source.fail(`its pickle is of protocol ${version}, known are 0 to 5`);
}
