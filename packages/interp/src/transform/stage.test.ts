import { randomFor, startBackend, tf } from '@fovea/tensor';
import { beforeAll, describe, expect, test } from 'vitest';
import { transformsOf } from './build.ts';
import type { TransformExpression } from './expression.ts';
import { transformList } from './lists.ts';
import { applyStage, arraysOf, mergeStages } from './stage.ts';
import type { DrawContext, ImageShape } from './transform.ts';

beforeAll(async () => {
  await startBackend({ force: 'wasm', threads: 1 });
});

function contextFor(step: number): DrawContext {
  const modelInput = { height: 20, width: 22 };
  return { random: randomFor(5, step, 'transforms'), step, steps: 10, modelInput };
}

function picture(shape: ImageShape): tf.Tensor4D {
  const random = randomFor(3, 0, 'picture');
  const values = Float32Array.from({ length: tf.util.sizeFromShape([...shape]) }, () => random.uniform());
  return tf.tensor4d(values, [...shape]);
}

const lists: Record<string, readonly TransformExpression[]> = {
  lucid: transformList('lucid', { width: 40, alpha: false }),
  'captum-optim': transformList('captum-optim', { width: 40, alpha: false }),
  xplique: transformList('xplique', { width: 40, alpha: false }),
  'lucid over random backgrounds': transformList('lucid', { width: 40, alpha: true }),
  maco: [{ type: 'randomCrops', crops: 3, boxFrom: 0.9, boxTo: 0.4, noise: 0.04 }],
  'grey margins, then sizes': [
    { type: 'pad', width: 5, mode: 'constant', value: 'uniform' },
    { type: 'randomScaleRange', from: 0.8, to: 1.2 },
    { type: 'cropOrPadTo', height: 30, width: 60 },
    { type: 'randomFlip', horizontal: true, vertical: true },
    { type: 'normalizeGradient' },
    { type: 'resize' },
  ],
};

describe.for(Object.entries(lists))('as stages, %s', ([name, expressions]) => {
  const transforms = transformsOf(expressions);
  const channels = name.includes('backgrounds') ? 4 : 3;

  test.for([1, 2])('does the same with %d pictures', (batch) => {
    if (name === 'maco' && batch > 1) return;
    const image = picture([batch, 40, 36, channels]);
    for (let step = 0; step < 4; step++) {
      const { draw } = transforms.draw(image.shape, contextFor(step));
      const expected = transforms.apply(image, draw);
      let staged = image;
      for (const stage of mergeStages(transforms.stages(draw, image.shape))) {
        const arrays = arraysOf(stage).map(({ shape, values }) => tf.tensor(values, [...shape]));
        staged = applyStage(stage, staged, arrays);
        expect(staged.shape).toEqual([...stage.shape]);
      }
      expect(staged.shape).toEqual(expected.shape);
      expect(tf.max(tf.abs(tf.sub(staged, expected))).dataSync()[0]).toBeLessThan(1e-5);
    }
  });
});
