import { startBackend, tf } from '@fovea/tensor';
import { beforeAll, describe, expect, it } from 'vitest';
import { adamWState, adamWUpdate } from './adamw.ts';

const gradients = [
  [0.3, -2, 0.01],
  [0.5, -1, -0.02],
  [-0.1, -3, 0.03],
];
const start = [1, -0.5, 0.2];
const learningRate = 0.02;

function after(steps: number, decay: number): Float32Array {
  const parameters = Float32Array.from(start);
  const state = adamWState(parameters);
  for (let step = 1; step <= steps; step++) {
    const gradient = Float32Array.from(gradients[step - 1]!);
    adamWUpdate(parameters, gradient, state, {
      learningRate,
      decay: new Float32Array(3).fill(decay),
      step,
    });
  }
  return parameters;
}

beforeAll(async () => {
  await startBackend({ threads: 1 });
});

describe('AdamW', () => {
  it("without decay equals TensorFlow's Adam", async () => {
    const adam = tf.train.adam(learningRate, 0.9, 0.98, 1e-8);
    const variable = tf.variable(tf.tensor1d(start), true, 'adamw-test');
    for (const gradient of gradients)
      adam.applyGradients([{ name: 'adamw-test', tensor: tf.tensor1d(gradient) }]);
    const expected = await variable.data();
    after(3, 0).forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 5));
    tf.dispose([variable]);
    adam.dispose();
  });

  it('takes a share of each value away, whatever its gradient', () => {
    const [plain, decayed] = [after(1, 0), after(1, 0.5)];
    decayed.forEach((value, i) => expect(plain[i]! - value).toBeCloseTo(learningRate * 0.5 * start[i]!, 6));
  });
});
