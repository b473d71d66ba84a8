import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { callFovea, lastJson } from './testing/call-fovea.ts';

const fixtures = fileURLToPath(new URL('../../../packages/models/src/parity/fixtures/', import.meta.url));
const sound = join(fixtures, 'cifar_resnet20.json');
let wrong: string;
let broken: string;

interface Fixture {
  tensors: Record<string, number[]>;
  output: { logits: { mean: number; absmax: number } };
}

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fovea-parity-'));
  const fixture = JSON.parse(await readFile(sound, 'utf8')) as Fixture;
  fixture.output.logits.mean += 0.01 * fixture.output.logits.absmax;
  [wrong, broken] = ['wrong.json', 'broken.json'].map((name) => join(folder, name)) as [string, string];
  await writeFile(wrong, JSON.stringify(fixture));
  await writeFile(broken, '{');
});

const parity = (...args: string[]) => callFovea(['parity', ...args]);
const lastLine = (stdout: string) => stdout.trimEnd().split('\n').at(-1);

test('agreement ends with 0 and a count of what agrees', async () => {
  const { code, stdout } = await parity(sound);
  expect(code).toBe(0);
  expect(lastLine(stdout)).toMatch(/^parity: [1-9]\d* passed, 0 failed$/);
  expect(stdout).toContain('cifar_resnet20');
  expect(stdout).toMatch(/^logits +\d\.\d\de-\d+ +yes/m);
});

test('a difference ends with 1, and does not keep other files from being compared', async () => {
  const { code, stdout } = await parity(wrong, sound);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^logits +1\.00e-2 +no/m);
  expect(lastLine(stdout)).toMatch(/^parity: \d+ passed, 1 failed$/);
});

test('a file that cannot be read ends with 2, and counts as failed', async () => {
  const { code, stdout } = await parity(broken, join(fixtures, 'nothing.json'), sound);
  expect(code).toBe(2);
  expect(lastLine(stdout)).toMatch(/^parity: [1-9]\d* passed, 2 failed$/);
  expect(stdout).toContain('UnreadableRecordError');
});

test('programs get one object on the last line', async () => {
  const { code, stdout } = await parity('--json', '--backend', 'cpu', wrong);
  expect(code).toBe(1);
  expect(lastJson(stdout)).toMatchObject({ backend: 'cpu', failed: 1, files: [{ file: wrong, failed: 1 }] });
});

test('an unknown backend is wrong usage', async () => {
  const { code, stderr } = await parity('--backend', 'abacus', sound);
  expect(code).toBe(2);
  expect(stderr).toContain('abacus');
});
