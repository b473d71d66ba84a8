import type { Stage } from './stage.ts';
import type { Transform } from './transform.ts';

/** One transform after another; its draw is the list of theirs. */
export function compose(transforms: readonly Transform[]): Transform<readonly unknown[]> {
  return {
    draw(shape, context) {
      const draws: unknown[] = [];
      for (const transform of transforms) {
        const drawn = transform.draw(shape, context);
        draws.push(drawn.draw);
        shape = drawn.shape;
      }
      return { draw: draws, shape };
    },
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
