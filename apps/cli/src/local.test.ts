import { createHash } from 'node:crypto';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Summary } from './summary.ts';
import { callFovea, lastJson, startFovea } from './testing/call-fovea.ts';

const small = ['width=32', 'height=32', 'steps=3'].flatMap((param) => ['--param', param]);
const visualize = ['run', 'feature-visualization', '--local', '--model', 'fovea_mini'];
let home: string;
let unit: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'fovea-cli-'));
  const { stdout } = await fovea('model', 'show', 'fovea_mini', '--json');
  const { hookPoints } = lastJson(stdout) as { hookPoints: { name: string; kind: string }[] };
  unit = `${hookPoints.find(({ kind }) => kind === 'relu')!.name}:0`;
});

function fovea(...args: string[]) {
  return callFovea(args, { FOVEA_HOME: home });
}

async function digests(stdout: string): Promise<Record<string, string>> {
  const { artifacts } = lastJson(stdout) as Summary;
  const contents = await Promise.all(artifacts.map(({ path }) => readFile(path)));
  return Object.fromEntries(
    artifacts.map(({ name }, index) => [name, createHash('sha256').update(contents[index]!).digest('hex')]),
  );
}

describe('a run without a server', () => {
  test('saves its artifacts, and the same seed gives the same bytes', async () => {
    const run = async (folder: string) => {
      const args = [
        ...small,
        '--param',
        `objective=${unit}`,
        '--seed',
        '7',
        '--json',
        '--out',
        join(home, folder),
      ];
      const { code, stdout } = await fovea(...visualize, ...args);
      expect(code).toBe(0);
      return digests(stdout);
    };
    const first = await run('first');
    expect(Object.keys(first)).toEqual(expect.arrayContaining(['image.png', 'provenance.json']));
    expect(await run('second')).toEqual(first);
  });

  test('has the seed 0 unless another is given, as on the server', async () => {
    const run = async (folder: string, ...seed: string[]) => {
      const args = [...small, '--param', `objective=${unit}`, ...seed, '--json', '--out', join(home, folder)];
      return digests((await fovea(...visualize, ...args)).stdout);
    };
    expect(await run('seed-left-out')).toEqual(await run('seed-0', '--seed', '0'));
  });

  test('reads its input from a file, which --param changes', async () => {
    const file = join(home, 'input.json');
    await writeFile(file, JSON.stringify({ objective: unit, width: 32, height: 32, steps: 500 }));
    const args = ['--file', file, '--param', 'steps=2', '--json', '--out', join(home, 'from-file')];
    const { code, stdout } = await fovea(...visualize, ...args);
    expect(code).toBe(0);
    expect(stdout).toContain('"step":2,"total":2');
  });

  test('ends with 130 when it is interrupted', async () => {
    const args = [...visualize, '--param', `objective=${unit}`, '--param', 'steps=10000', '--json'];
    const run = startFovea([...args, '--out', join(home, 'interrupted')], { FOVEA_HOME: home });
    await expect.poll(() => run.output(), { timeout: 30_000 }).toContain('"progress"');
    run.stop('SIGINT');
    expect(await run.ended).toMatchObject({ code: 130, stderr: expect.stringContaining('Cancelled') });
  });
});

describe('wrong input ends with 2 and names what would be right', () => {
  test.each([
    ['an unknown command', ['runz'], 'runs'],
    ['an unknown kind', ['run', 'feature-visualisation', '--local'], 'feature-visualization'],
    ['an unknown field', [...visualize, '--param', 'stepz=5'], 'did you mean "steps"'],
    [
      'a step count beyond the limit',
      [...visualize, '--param', 'objective=a:1', '--param', 'steps=99999'],
      '10000',
    ],
    ['an unknown preset', [...visualize, '--preset', 'lucidd'], 'did you mean "lucid"'],
    ['an unknown model', ['model', 'show', 'fovea_mimi'], 'fovea_mini'],
    ['an unknown layer', [...visualize, '--param', 'objective=nowhere:1'], 'Nearest'],
    [
      'an unknown architecture',
      ['model', 'import', 'x.safetensors', '--architecture', 'inception_v4'],
      'inception_v3',
    ],
    ['a parameter without a value', [...visualize, '--param', 'steps'], 'key=value'],
    ['a file that is not there', [...visualize, '--file', 'nowhere.json'], '--file cannot be read'],
    ['a status that runs do not have', ['runs', '--status', 'done'], 'succeeded'],
  ])('%s', async (_, args, expected) => {
    const { code, stderr } = await fovea(...args);
    expect(stderr).toContain(expected);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(code).toBe(2);
  });
});

test('a server that does not answer ends with 3', async () => {
  const given = await callFovea(['runs', '--api', 'http://127.0.0.1:2'], { FOVEA_HOME: home });
  expect(given).toMatchObject({ code: 3, stderr: expect.stringContaining('does not answer') });
  const none = await callFovea(['runs'], { FOVEA_HOME: home, FOVEA_API: undefined });
  expect(none).toMatchObject({ code: 3, stderr: expect.stringContaining('npm run demo') });
});

test('the shipped model is listed, sound, and cannot be removed', async () => {
  expect((await fovea('model', 'list')).stdout).toContain('fovea_mini');
  expect(await fovea('model', 'check', 'fovea_mini')).toMatchObject({ code: 0 });
  expect(await fovea('model', 'remove', 'fovea_mini')).toMatchObject({ code: 2 });
});

test('--help says what the exit codes mean', async () => {
  expect(await fovea('--help')).toMatchObject({ code: 0, stdout: expect.stringContaining('Exit codes') });
});
