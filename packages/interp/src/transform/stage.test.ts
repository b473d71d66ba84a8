import { randomFor, startBackend, tf } from '@fovea/tensor';
import { beforeAll, describe, expect, test } from 'vitest';
import { transformsOf } from './build.ts';
import { onCanvas } from './canvas.ts';
import type { TransformExpression } from './expression.ts';
import { transformList } from './lists.ts';
import { applyStage, arraysOf, mergeStages, structureOf, type Stage } from './stage.ts';
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

function staging(stages: readonly Stage[], image: tf.Tensor4D): tf.Tensor4D {
  return stages.reduce((before, stage) => {
    const arrays = arraysOf(stage).map(({ shape, values }) => tf.tensor(values, [...shape]));
    const after = applyStage(stage, before, arrays);
    expect(after.shape).toEqual([...stage.shape]);
    return after;
  }, image);
}

const lists: Record<string, readonly TransformExpression[]> = {
  lucid: transformList('lucid', { width: 40, alpha: false }),
  'captum-optim': transformList('captum-optim', { width: 40, alpha: false }),
  xplique: transformList('xplique', { width: 40, alpha: false }),
  'lucid, at one size in the end': [
    ...transformList('lucid', { width: 40, alpha: false }),
    { type: 'resize', height: 32, width: 33 },
  ],
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
      const stages = mergeStages(transforms.stages(draw, image.shape));
      const largest = transforms.largest(image.shape, contextFor(0)).draw;
      const shapes = mergeStages(transforms.stages(largest, image.shape)).map(({ shape }) => shape);
      for (const each of [stages, onCanvas(stages, shapes)]) {
        const staged = staging(each, image);
        expect(staged.shape).toEqual(expected.shape);
        expect(tf.max(tf.abs(tf.sub(staged, expected))).dataSync()[0]).toBeLessThan(1e-5);
      }
    }
  });
});

test('on a canvas, all draws that end in one size have one structure', () => {
  const transforms = transformsOf(lists['lucid, at one size in the end']!);
  const shape = [1, 40, 36, 3] as const;
  const largest = mergeStages(transforms.stages(transforms.largest(shape, contextFor(0)).draw, shape));
  const structures = Array.from({ length: 40 }, (_, step) => {
    const { draw } = transforms.draw(shape, contextFor(step));
    const stages = onCanvas(
      mergeStages(transforms.stages(draw, shape)),
      largest.map((stage) => stage.shape),
    );
    return stages.map((stage) => structureOf(stage, arraysOf(stage))).join();
  });
  expect(new Set(structures).size).toBe(1);
});
