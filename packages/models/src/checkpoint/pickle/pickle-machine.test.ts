import { writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { pickle, type Pickled } from '../../testing/pickle-writer.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import {
  ForbiddenPickleGlobalError,
  MalformedCheckpointError,
  TruncatedCheckpointError,
} from '../checkpoint-errors.ts';
import { openWith } from '../checkpoint-file.ts';
import { byteSource } from './byte-source.ts';
import { unpickle } from './pickle-machine.ts';
import { torchEnvironment } from './torch-globals.ts';

const folder = temporaryFolder();

async function read(bytes: Buffer, scripted = false): Promise<unknown> {
  const path = folder.path('data.pkl');
  await writeFile(path, bytes);
  return openWith(path, async (file) => {
    const value = unpickle(byteSource(file, 0, file.size), torchEnvironment(path, scripted));
    await file[Symbol.asyncDispose]();
    return value;
  });
}

/**
 * Written by Python 3.11:
 * {'text': 'größe', 'int': [0, 255, -1, 70000, 2**40, -2**63], 'float': (1.5, -2.0), 'bool': (True, False, None),
 *  'pair': (1, 2), 'nested': {'a': {'b': []}}, 'same': (shared, shared)} with shared = ['x']
 */
const byProtocol: Record<number, string> = {
  0: '286470300a56746578740a70310a566772f6df650a70320a7356696e740a70330a286c70340a49300a61493235350a61492d310a614937303030300a614c313039393531313632373737364c0a614c2d393232333337323033363835343737353830384c0a617356666c6f61740a70350a2846312e350a462d322e300a7470360a7356626f6f6c0a70370a284930310a4930300a4e7470380a7356706169720a70390a2849310a49320a747031300a73566e65737465640a7031310a28647031320a56610a7031330a28647031340a56620a7031350a286c7031360a7373735673616d650a7031370a28286c7031380a56780a7031390a616731380a747032300a732e',
  1: '7d710028580400000074657874710158070000006772c3b6c39f6571025803000000696e7471035d7104284b004bff4affffffff4a701101004c313039393531313632373737364c0a4c2d393232333337323033363835343737353830384c0a655805000000666c6f6174710528473ff800000000000047c0000000000000007471065804000000626f6f6c7107284930310a4930300a4e7471085804000000706169727109284b014b0274710a58060000006e6573746564710b7d710c580100000061710d7d710e580100000062710f5d71107373580400000073616d657111285d71125801000000787113616812747114752e',
  2: '80027d710028580400000074657874710158070000006772c3b6c39f6571025803000000696e7471035d7104284b004bff4affffffff4a701101008a060000000000018a080000000000000080655805000000666c6f61747105473ff800000000000047c0000000000000008671065804000000626f6f6c710788894e87710858040000007061697271094b014b0286710a58060000006e6573746564710b7d710c580100000061710d7d710e580100000062710f5d71107373580400000073616d6571115d71125801000000787113616812867114752e',
  3: '80037d710028580400000074657874710158070000006772c3b6c39f6571025803000000696e7471035d7104284b004bff4affffffff4a701101008a060000000000018a080000000000000080655805000000666c6f61747105473ff800000000000047c0000000000000008671065804000000626f6f6c710788894e87710858040000007061697271094b014b0286710a58060000006e6573746564710b7d710c580100000061710d7d710e580100000062710f5d71107373580400000073616d6571115d71125801000000787113616812867114752e',
  4: '800495a0000000000000007d94288c0474657874948c076772c3b6c39f65948c03696e74945d94284b004bff4affffffff4a701101008a060000000000018a080000000000000080658c05666c6f617494473ff800000000000047c00000000000000086948c04626f6f6c9488894e87948c0470616972944b014b0286948c066e6573746564947d948c0161947d948c0162945d9473738c0473616d65945d948c0178946168128694752e',
  5: '800595a0000000000000007d94288c0474657874948c076772c3b6c39f65948c03696e74945d94284b004bff4affffffff4a701101008a060000000000018a080000000000000080658c05666c6f617494473ff800000000000047c00000000000000086948c04626f6f6c9488894e87948c0470616972944b014b0286948c066e6573746564947d948c0161947d948c0162945d9473738c0473616d65945d948c0178946168128694752e',
};

describe('plain data', () => {
  test.each(Object.entries(byProtocol))('of protocol %s is read as Python wrote it', async (_, hex) => {
    const value = (await read(Buffer.from(hex, 'hex'))) as Map<string, unknown>;
    expect(Object.fromEntries(value)).toEqual({
      text: 'größe',
      int: [0, 255, -1, 70000, 2 ** 40, -(2n ** 63n)],
      float: [1.5, -2],
      bool: [true, false, null],
      pair: [1, 2],
      nested: new Map([['a', new Map([['b', []]])]]),
      same: [['x'], ['x']],
    });
    const [first, second] = value.get('same') as unknown[];
    expect(first).toBe(second);
  });

  test('in an ordered dict keeps its order, and its attributes are left out', async () => {
    const items = [
      ['b', 1],
      ['a', 2],
    ] as const;
    const state = new Map<Pickled, Pickled>([['_metadata', 3]]);
    const value = await read(pickle({ call: 'collections.OrderedDict', args: [{ list: items }], state }));
    expect([...(value as Map<unknown, unknown>)]).toEqual(items);
  });
});

describe('a name that is neither a tensor nor a plain container', () => {
  const command = ['touch /tmp/executed'];
  test.each<[string, string, Pickled]>([
    ['called', 'os.system', { call: 'os.system', args: command }],
    ['called with code', 'builtins.eval', { call: 'builtins.eval', args: ['1'] }],
    ['of Python 2', '__builtin__.eval', { call: '__builtin__.eval', args: ['1'] }],
    ['only named', 'posix.system', { global: 'posix.system' }],
    [
      'inside the arguments of an allowed one',
      'subprocess.Popen',
      {
        call: 'collections.OrderedDict',
        args: [{ list: [['a', { call: 'subprocess.Popen', args: command }]] }],
      },
    ],
    [
      'made as an object',
      'torch.nn.modules.conv.Conv2d',
      { object: 'torch.nn.modules.conv.Conv2d', state: new Map() },
    ],
    ['of TorchScript in a file that is not', '__torch__.Net', { object: '__torch__.Net', state: new Map() }],
    ['that begins like an allowed one', 'torch.hub.load', { call: 'torch.hub.load', args: ['a'] }],
    ['like a storage', 'evil.FloatStorage', { global: 'evil.FloatStorage' }],
  ])('is refused by name when %s', async (_, name, value) => {
    const outcome = await read(pickle(value)).catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(ForbiddenPickleGlobalError);
    expect(outcome).toMatchObject({ global: name, message: expect.stringContaining(`"${name}"`) });
  });

  test('is refused by name in the opcode of protocol 4', async () => {
    const bytes = Buffer.from('\x80\x04\x8c\x02os\x8c\x06system\x93.', 'latin1');
    await expect(read(bytes)).rejects.toMatchObject({ global: 'os.system' });
  });

  test.each([
    ['INST', '(S"ls"\nios\nsystem\n.'],
    ['OBJ', '(cos\nsystem\no.'],
    ['EXT1', '\x82\x01.'],
  ])('cannot come in by %s', async (_, text) => {
    await expect(read(Buffer.from(text, 'latin1'))).rejects.toThrow(/opcode|os\.system/);
  });
});

describe('a pickle that makes no sense', () => {
  test.each([
    ['ends before it should', '\x80\x02}', TruncatedCheckpointError],
    ['takes what is not there', '\x80\x020.', MalformedCheckpointError],
    ['closes a group that was not opened', '\x80\x02t.', MalformedCheckpointError],
    ['appends to a number', 'K\x01K\x01a.', MalformedCheckpointError],
    ['sets an item of a list', ']K\x01K\x01s.', MalformedCheckpointError],
    ['has a key without a value', '}(K\x01u.', MalformedCheckpointError],
    ['recalls what it has not made', 'h\x07.', MalformedCheckpointError],
    ['calls a number', 'K\x01)R.', MalformedCheckpointError],
    ['sets the state of a number', 'K\x01}b.', MalformedCheckpointError],
    ['has a text that is not UTF-8', 'U\x02\xff\xff.', MalformedCheckpointError],
    ['has a text of 2^63 bytes', '\x8d\0\0\0\0\0\0\0\x80.', TruncatedCheckpointError],
    ['has an integer of 2^31 bytes', '\x8b\0\0\0\x80.', MalformedCheckpointError],
    ['has a number that is none', 'Iten\n.', MalformedCheckpointError],
    ['is of a later protocol', '\x80\x09.', MalformedCheckpointError],
    ['names something by a number', 'K\x01K\x02\x93.', MalformedCheckpointError],
  ])('is refused when it %s', async (_, text, error) => {
    await expect(read(Buffer.from(text, 'latin1'))).rejects.toThrow(error);
  });

  test('is refused when one of its lines does not end', async () => {
    await expect(read(Buffer.alloc(100_000, 'V'))).rejects.toThrow(/does not end/);
  });

  test.each([
    ['makes dicts without end', '}', ''],
    ['opens groups without end', '(', ''],
    ['nests tuples without end', '\x85', 'N'],
    ['remembers without end', '\x94', '}'],
    ['copies the same hundred pairs without end', '0ccollections\nOrderedDict\nh\x01\x85R', pairs(100)],
  ])('is given up when it %s', async (_, repeated, first) => {
    const bytes = Buffer.from(
      first + repeated.repeat(1_200_000 / Math.max(1, repeated.length / 2)),
      'latin1',
    );
    await expect(read(bytes)).rejects.toThrow(/more than 1000000 operations/);
  });
});

/** A list of pairs, remembered under 1. */
function pairs(count: number): string {
  return `](${'K\x01K\x02\x86'.repeat(count)}eq\x01`;
}
