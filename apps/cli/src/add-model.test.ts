import { copyFile, mkdtemp, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callFovea, lastJson } from './testing/call-fovea.ts';

const shipped = fileURLToPath(
  new URL('../../../packages/models/checkpoints/fovea_mini.safetensors', import.meta.url),
);
let home: string;
let weights: string;
let mirror: Server;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'fovea-models-'));
  weights = join(home, 'mine.safetensors');
  await copyFile(shipped, weights);
  const bytes = await readFile(shipped);
  mirror = createServer((_, response) => void response.end(bytes));
  await new Promise<void>((resolve) => void mirror.listen(0, '127.0.0.1', resolve));
});

afterAll(() => void mirror.close());

const model = (...args: string[]) => callFovea(['model', ...args], { FOVEA_HOME: home });

describe('importing', () => {
  test('recognizes the network, and says what it became', async () => {
    const { code, stdout } = await model('import', weights, '--json');
    expect(code).toBe(0);
    expect(lastJson(stdout)).toMatchObject({
      name: 'mine',
      architecture: 'fovea_mini',
      variant: 'procedural',
    });

    const shown = await model('show', 'mine');
    expect(shown.stdout).toMatch(/^mixed3a +concat +16×16×80 +height width channel/m);
    expect((await model('check', 'mine')).stdout).toContain('mine is sound');
    expect((await model('list')).stdout).toMatch(/^mine +fovea_mini +procedural/m);
  });

  test('takes a preprocessing, and warns of a strange one', async () => {
    const options = ['--name', 'strange', '--range', '0,255', '--size', '64x96', '--json'];
    const { code, stderr } = await model('import', weights, ...options);
    expect(code).toBe(0);
    expect(stderr).toMatch(/warning: The preprocessing gives values from 0\.00 to 255/);
    expect(lastJson((await model('show', 'strange', '--json')).stdout)).toMatchObject({
      preprocessing: { height: 64, width: 96, scale: 255, mean: [0, 0, 0], std: [1, 1, 1] },
    });
    const checked = await model('check', 'strange');
    expect([checked.code, checked.stderr]).toEqual([1, expect.stringContaining('values from 0.00 to 255')]);
  });

  test.each([
    ['--size', 'large', 'height'],
    ['--mean', '0.5;0.5', '--mean takes numbers'],
    ['--range', '1', '--range takes two numbers'],
    ['--architecture', 'fovea_mni', 'Did you mean fovea_mini'],
  ])('refuses %s %s', async (option, value, expected) => {
    const { code, stderr } = await model('import', weights, '--name', 'refused', option, value);
    expect(code).toBe(2);
    expect(stderr).toContain(expected);
  });
});

describe('pulling', () => {
  test('lists the official sources', async () => {
    const { code, stdout } = await model('pull', '--list');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^inception5h +inception_v1 +47\.6 MiB +d13569f6a981 +Apache-2\.0/m);
    expect(stdout).toMatch(/^resnet34 +resnet +83\.3 MiB +b627a593 \(all that is published\)/m);
  });

  test('keeps nothing that is not what was published', async () => {
    const address = `http://127.0.0.1:${(mirror.address() as AddressInfo).port}/`;
    const { code, stderr } = await model('pull', 'squeezenet1_1', '--mirror', address);
    expect(code).toBe(1);
    expect(stderr).toContain('is not what was published: its length is 0.337 MiB, it should be 4.729 MiB');
    expect((await model('list')).stdout).not.toContain('squeezenet');
  });

  test('of an unknown model names the nearest', async () => {
    const { code, stderr } = await model('pull', 'rsnet18');
    expect(code).toBe(2);
    expect(stderr).toContain('Did you mean resnet18');
  });
});
