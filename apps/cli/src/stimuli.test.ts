import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callFovea, lastJson } from './testing/call-fovea.ts';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'fovea-stimuli-'));
});
afterAll(() => rm(home, { recursive: true }));

const fovea = (...args: string[]) => callFovea(args, { FOVEA_HOME: home });

describe('fovea tuning', () => {
  const question = [
    '--model',
    'fovea_mini',
    '--layer',
    'mixed3b',
    '--radii',
    '5,10',
    '--step',
    '45',
    '--window',
    '3',
  ];

  test('prints one JSON array of every unit and nothing else', async () => {
    const { code, stdout } = await fovea('tuning', ...question, '--json');
    expect(code).toBe(0);
    const units = JSON.parse(stdout) as Record<string, number>[];
    expect(units.map(({ unit }) => unit)).toEqual([...units.keys()]);
    for (const each of units) {
      expect(Object.keys(each)).toEqual(['unit', 'R', 'peakDeg', 'peak', 'fwhm', 'echo']);
      expect(each.R).toBeGreaterThanOrEqual(0);
      expect(each.R).toBeLessThanOrEqual(1);
    }
  });

  test('prints a table for people, the most selective unit first', async () => {
    const { stdout } = await fovea('tuning', ...question);
    const [head, ...rows] = stdout.trimEnd().split('\n');
    expect(head).toMatch(/^unit\s+selectivity\s+R\s+orientation/);
    const selectivity = rows.map((row) => Number(row.split(/\s+/)[1]));
    expect(selectivity).toEqual(selectivity.toSorted((a, b) => b - a));
  });

  test.each([
    [['--layer', 'mixed3x'], 'Nearest: '],
    [['--step', '7'], 'It must divide 360'],
    [['--radii', '5,wide'], 'They must be numbers'],
  ])('refuses %j', async (wrong, message) => {
    const { code, stdout, stderr } = await fovea('tuning', ...question, ...wrong, '--json');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});

describe('fovea dataset stimuli', () => {
  test('registers a set that runs can read', async () => {
    const values = ['--param', 'orientation=0,90,180,270', '--param', 'radius=4,8'];
    const set = ['dataset', 'stimuli', 'rounded-corner', '--name', 'corners', '--size', '48'];
    const made = await fovea(...set, ...values, '--json');
    expect(made.code).toBe(0);
    expect(lastJson(made.stdout)).toMatchObject({ name: 'corners', splits: { all: 8 } });
    const here = ['run', 'tuning', '--local', '--model', 'fovea_mini', '--json', '--out', join(home, 'out')];
    const read = ['--param', 'layers=["mixed3b"]', '--param', 'dataset=corners'];
    const run = await fovea(...here, ...read);
    expect(run.code).toBe(0);
  });

  test('names what is near a wrong stimulus', async () => {
    const { code, stderr } = await fovea('dataset', 'stimuli', 'rounded-korner', '--name', 'corners');
    expect([code, stderr]).toEqual([2, expect.stringContaining('Did you mean rounded-corner?')]);
  });
});
