import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { RuntimeUnavailableError, runtimeVersion } from '../packages/tensor/src/index.ts';
import { figures } from './figures/all.ts';
import { OrderError, readOrder } from './order.ts';

describe('what to measure', () => {
  const names = (...args: string[]) => readOrder(args).figures.map(({ name }) => name);

  test('is every figure by default, and each can be named', () => {
    expect(names()).toEqual(figures.map(({ name }) => name));
    for (const { name } of figures) expect(names('--only', name)).toContain(name);
  });

  test('can be a kind, or any layer of any network', () => {
    expect(names('--only', 'growth')).toHaveLength(4);
    expect(names('--only', 'step:vgg16:features.5')).toEqual(['step:vgg16:features.5']);
    expect(names('--only', 'forward:resnet18')).toEqual(['forward:resnet18']);
  });

  test.each([
    [['--only', 'stp:inception_v1:mixed4a'], 'step:inception_v1:mixed4a'],
    [['--frob'], '--frob'],
    [['--peer', 'echo 1'], '--only step:MODEL:LAYER'],
    [['--only', 'memory:inception_v1:mixed4a', '--peer', 'echo 1'], '--only step:MODEL:LAYER'],
    [['--pairs', '0'], '--pairs'],
  ])('%j is refused with what would be right', (args, message) => {
    expect(() => readOrder(args)).toThrow(OrderError);
    expect(() => readOrder(args)).toThrow(message);
  });
});

const problem = await runtimeVersion().then(
  () => undefined,
  (error: unknown) => {
    if (error instanceof RuntimeUnavailableError) return error.message;
    throw error;
  },
);

// It takes its time where others work, too.
describe.skipIf(problem)(`a measurement${problem ? ` (${problem})` : ''}`, { timeout: 300_000 }, () => {
  const program = fileURLToPath(new URL('main.ts', import.meta.url));
  const bench = (...args: string[]) => promisify(execFile)(process.execPath, [program, ...args]);
  const step = ['--only', 'step:fovea_mini:conv2d0', '--json', '--pairs', '2'];

  test('prints one object, with the ratio to a peer and every pair', async () => {
    const peer = `"${process.execPath}" -e 'console.log("1000000 ms")'`;
    const { stdout } = await bench(...step, '--peer', peer);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    const result = JSON.parse(stdout) as {
      readonly peerRatio: number;
      readonly figures: readonly { readonly peer: { readonly pairs: readonly (readonly number[])[] } }[];
    };
    expect(result).toMatchObject({
      machine: { cores: expect.any(Number) as number },
      peerRatio: expect.any(Number) as number,
      figures: [{ figure: 'step:fovea_mini:conv2d0', ours: { unit: 'ms' }, peer: { other: 1_000_000 } }],
    });
    const { pairs } = result.figures[0]!.peer;
    expect(pairs).toHaveLength(2);
    expect(result.peerRatio).toBeCloseTo((1e6 / pairs[0]![0]! + 1e6 / pairs[1]![0]!) / 2);
  });

  test('ends with the words of a peer that fails', async () => {
    const failing = bench(...step, '--peer', 'echo "no torch" >&2; exit 4');
    await expect(failing).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('ended with exit code 4: no torch') as string,
    });
  });
});
