import type { Stage } from './stage.ts';
import type { Drawn, ImageShape, Transform } from './transform.ts';

/** One transform after another; its draw is the list of theirs. */
export function compose(transforms: readonly Transform[]): Required<Transform<readonly unknown[]>> {
  const inTurn = (shape: ImageShape, draw: (transform: Transform, shape: ImageShape) => Drawn<unknown>) => {
    const draws: unknown[] = [];
    for (const transform of transforms) {
      const drawn = draw(transform, shape);
      draws.push(drawn.draw);
      shape = drawn.shape;
    }
    return { draw: draws, shape };
  };
  return {
    draw: (shape, context) => inTurn(shape, (transform, before) => transform.draw(before, context)),
    largest: (shape, context) =>
      inTurn(
        shape,
        (transform, before) => transform.largest?.(before, context) ?? transform.draw(before, context),
      ),
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
