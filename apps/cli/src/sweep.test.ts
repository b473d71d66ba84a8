import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callFovea, lastJson } from './testing/call-fovea.ts';

describe('fovea sweep', { timeout: 120_000 }, () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fovea-sweep-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const sweep = (...options: string[]) => {
    const what = ['--model', 'fovea_mini', '--dataset', 'procedural', '--layers', 'mixed3a,logits'];
    return callFovea(['sweep', ...what, '--limit', '24', '--top', '2', '--json', ...options]);
  };

  it('prints what each unit does, the same in however many processes', async () => {
    const [one, three] = [
      await sweep('--out', join(folder, 'one')),
      await sweep('--out', join(folder, 'three'), '--shards', '3'),
    ];
    expect([one.code, three.code]).toEqual([0, 0]);
    const units = lastJson(one.stdout) as { unit: string; statistics: { mean: number } }[];
    expect(units[0]).toMatchObject({
      unit: 'mixed3a:0',
      tokens: 'all',
      statistics: { mean: expect.any(Number) },
    });
    expect(units.at(-1)!.unit).toMatch(/^logits:\d+$/);
    expect(three.stdout).toBe(one.stdout);
    const files = await readdir(join(folder, 'one'));
    expect(files).toContain('mixed3a.maps.safetensors');
    for (const file of files)
      expect(
        (await readFile(join(folder, 'three', file))).equals(await readFile(join(folder, 'one', file))),
      ).toBe(true);
  });

  it('says which layer was meant', async () => {
    const { code, stderr } = await callFovea([
      'sweep',
      '--model',
      'fovea_mini',
      '--dataset',
      'procedural',
      '--layers',
      'mixed3x',
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain('mixed3a');
  });
});
