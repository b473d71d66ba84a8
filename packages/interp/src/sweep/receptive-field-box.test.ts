import { loadRegisteredModel } from '@fovea/models';
import { startBackend, tf } from '@fovea/tensor';
import { expect, test } from 'vitest';
import { receptiveFieldBox } from './receptive-field-box.ts';

const image = { height: 32, width: 48 };

test('lies about the position, and is cut at the borders', () => {
  // A 3×3 convolution at stride 2 without padding.
  const field = { size: 3, stride: 2, offset: 1 };
  expect(receptiveFieldBox(field, 0, [15, 23], image)).toEqual({ left: 0, top: 0, width: 3, height: 3 });
  expect(receptiveFieldBox(field, 23 + 2, [15, 23], image)).toEqual({ left: 4, top: 2, width: 3, height: 3 });
  const padded = { size: 7, stride: 4, offset: 0 };
  expect(receptiveFieldBox(padded, 0, [8, 12], image)).toEqual({ left: 0, top: 0, width: 4, height: 4 });
  expect(receptiveFieldBox(padded, 95, [8, 12], image)).toEqual({ left: 41, top: 25, width: 7, height: 7 });
});

test(
  'holds all pixels on which a unit depends, and touches the outermost of them',
  { timeout: 60_000 },
  async () => {
    await startBackend();
    const model = await loadRegisteredModel('fovea_mini');
    const { height, width } = model.preprocessing;
    for (const layer of ['conv2d0', 'mixed3a']) {
      const point = model.hookPoint(layer);
      const [rows, columns] = point.shape as [number, number];
      const [row, column] = [Math.floor(rows / 2), 1];
      const gradient = tf.tidy(() => {
        const unit = (pixels: tf.Tensor) => {
          const value = model.run(model.preprocess(pixels as tf.Tensor4D), { until: [layer] })[layer]!;
          return value.slice([0, row, column, 0], [1, 1, 1, -1]).square().sum<tf.Scalar>();
        };
        return tf
          .grad(unit)(tf.randomUniform([1, height, width, 3], 0, 1, 'float32', 3))
          .clone();
      });
      const values = gradient.dataSync();
      const box = receptiveFieldBox(
        point.receptiveField!,
        row * columns + column,
        [rows, columns],
        model.preprocessing,
      );
      const reached = { left: width, top: height, right: 0, bottom: 0 };
      for (const [index, value] of values.entries()) {
        if (value === 0) continue;
        const [y, x] = [Math.floor(index / 3 / width), Math.floor(index / 3) % width];
        reached.left = Math.min(reached.left, x);
        reached.right = Math.max(reached.right, x + 1);
        reached.top = Math.min(reached.top, y);
        reached.bottom = Math.max(reached.bottom, y + 1);
      }
      const { left, top } = box;
      expect(reached).toEqual({ left, top, right: left + box.width, bottom: top + box.height });
      gradient.dispose();
    }
    model.dispose();
  },
);
