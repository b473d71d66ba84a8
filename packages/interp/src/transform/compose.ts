import type { Stage } from './stage.ts';
import type { DrawContext, ImageShape, Transform } from './transform.ts';

/** One transform after another; its draw is the list of theirs. */
export function compose(transforms: readonly Transform[]): Required<Transform<readonly unknown[]>> {
  const drawEach = (
    how: (transform: Transform) => Transform['draw'],
    shape: ImageShape,
    context: DrawContext,
  ) => {
    const draws: unknown[] = [];
    for (const transform of transforms) {
      const drawn = how(transform)(shape, context);
      draws.push(drawn.draw);
      shape = drawn.shape;
    }
    return { draw: draws, shape };
  };
  return {
    draw: (shape, context) => drawEach(({ draw }) => draw, shape, context),
    largest: (shape, context) => drawEach(({ draw, largest = draw }) => largest, shape, context),
    apply: (image, draws) =>
      transforms.reduce((current, transform, index) => transform.apply(current, draws[index]), image),
    stages(draws, shape) {
      const stages: Stage[] = [];
      for (const [index, transform] of transforms.entries())
        stages.push(...transform.stages(draws[index], stages.at(-1)?.shape ?? shape));
      return stages;
    },
  };
}
