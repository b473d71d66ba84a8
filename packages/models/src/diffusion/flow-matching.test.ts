import { startBackend, tf } from '@fovea/tensor';
import { beforeAll, expect, test } from 'vitest';
import { guided, integrateFlow, velocityTo } from './flow-matching.ts';

beforeAll(() => startBackend());

test('the flow towards one sample ends there, in any number of steps', () => {
  tf.tidy(() => {
    const [clean, noise] = [
      tf.randomNormal([2, 5], 0, 1, 'float32', 1),
      tf.randomNormal([2, 5], 0, 1, 'float32', 2),
    ];
    for (const method of ['euler', 'heun'] as const)
      for (const steps of [1, 2, 10]) {
        const found = integrateFlow((x, time) => velocityTo(clean, x, time), noise, { steps, method });
        expect(found.sub(clean).abs().max().dataSync()[0]).toBeLessThan(1e-5);
      }
  });
});

test("Heun's method is of second order, Euler's of first", () => {
  tf.tidy(() => {
    // dx/dt = x · cos t, whose solution is x · exp(sin t).
    const exact = Math.exp(Math.sin(1));
    const error = (method: 'euler' | 'heun', steps: number) => {
      const found = integrateFlow((x, time) => x.mul(Math.cos(time)), tf.ones([1]), { steps, method });
      return Math.abs(found.dataSync()[0]! - exact);
    };
    expect(error('euler', 16) / error('euler', 32)).toBeCloseTo(2, 0);
    expect(error('heun', 32)).toBeLessThan(error('euler', 32) / 10);
  });
});

test('guidance goes beyond the conditional prediction by its weight', () => {
  tf.tidy(() => {
    const [conditional, unconditional] = [tf.tensor1d([1, 2]), tf.tensor1d([0, 3])];
    expect([...guided(conditional, unconditional, 1).dataSync()]).toEqual([1, 2]);
    expect([...guided(conditional, unconditional, 2).dataSync()]).toEqual([2, 1]);
    expect([...guided(conditional, unconditional, 0).dataSync()]).toEqual([0, 3]);
  });
});

test('integrating leaves no tensors behind', () => {
  const noise = tf.ones([3]);
  const before = tf.memory().numTensors;
  integrateFlow((x, time) => velocityTo(noise, x, time), noise, { steps: 4 }).dispose();
  expect(tf.memory().numTensors).toBe(before);
  noise.dispose();
});
