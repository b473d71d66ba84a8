import { describe, expect, test } from 'vitest';
import { callFovea, lastJson } from './testing/call-fovea.ts';

interface Connection {
  readonly unit: string;
  readonly l2: number;
  readonly sum: number;
  readonly kernel: readonly (readonly number[])[];
}

interface Weights {
  readonly direction: string;
  readonly route: string;
  readonly excitatory: readonly Connection[];
  readonly inhibitory: readonly Connection[];
}

const mini = ['--model', 'fovea_mini', '--json'];

async function weights(...args: string[]): Promise<Weights> {
  const { stdout, stderr, code } = await callFovea(['weights', ...mini, ...args]);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return lastJson(stdout) as Weights;
}

describe('fovea weights', () => {
  test('prints the strongest inputs and outputs of a unit with their kernels', async () => {
    const inputs = await weights('--unit', 'mixed4a:50', '--to', 'mixed3b');
    expect(inputs).toMatchObject({ direction: 'inputs', route: 'composed' });
    const [strongest] = [...inputs.excitatory, ...inputs.inhibitory].toSorted((a, b) => b.l2 - a.l2);
    const flat = strongest!.kernel.flat();
    expect(flat).toHaveLength(49);
    expect(Math.hypot(...flat)).toBeCloseTo(strongest!.l2, 5);
    expect(flat.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(strongest!.sum, 5);

    const [layer, channel] = strongest!.unit.split(':') as [string, string];
    const outputs = await weights(
      '--unit',
      `${layer}:${channel}`,
      '--to',
      'mixed4a',
      '--most',
      '200',
      '--share',
      '0',
    );
    const back = [...outputs.excitatory, ...outputs.inhibitory].find(({ unit }) => unit === 'mixed4a:50');
    expect(back?.l2).toBeCloseTo(strongest!.l2, 6);
  });

  test('expands weights down to the image', async () => {
    const { route, excitatory, inhibitory } = await weights(
      '--unit',
      'conv2d1:3',
      '--to',
      'image',
      '--expanded',
      '--share',
      '0',
    );
    expect(route).toBe('expanded');
    expect([...excitatory, ...inhibitory].map(({ unit }) => unit).toSorted()).toEqual([
      'image:0',
      'image:1',
      'image:2',
    ]);
  });

  test.each([
    [['--unit', 'mixed3x:1', '--to', 'mixed3b'], /mixed3a/],
    [['--unit', 'mixed4a', '--to', 'mixed3b'], /layer:channel/],
    [['--unit', 'mixed4a:999', '--to', 'mixed3b'], /0 to 159/],
    [['--unit', 'mixed4a:0', '--to', 'mixed3b', '--expanded', '--path', 'x'], /--path/],
  ])('refuses %j and says what would be right', async (args, message) => {
    const { code, stderr } = await callFovea(['weights', ...mini, ...args]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});

test('fovea sparsity compares a layer with weights that nothing was learned by', async () => {
  const { stdout, code } = await callFovea(['sparsity', ...mini, '--layer', 'mixed4a', '--repetitions', '2']);
  expect(code).toBe(0);
  const { units, variants } = lastJson(stdout) as {
    units: number;
    variants: { figures: { name: string }[] }[];
  };
  expect(units).toBe(160);
  expect(variants[0]!.figures.map(({ name }) => name)).toContain('effectiveRank');
});
