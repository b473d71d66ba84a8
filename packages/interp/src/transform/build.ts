import type { HookedModel } from '@fovea/models';
import { randomBlur } from './blur.ts';
import { collapseAlphaRandom } from './collapse-alpha.ts';
import { compose } from './compose.ts';
import { cropOrPadTo } from './crop-or-pad.ts';
import type { TransformExpression } from './expression.ts';
import { randomFlip } from './flip.ts';
import { jitter } from './jitter.ts';
import { normalizeGradient } from './normalize-gradient.ts';
import { padConstant, padReflect } from './pad.ts';
import { randomCrops } from './random-crops.ts';
import { randomScale, randomScaleRange, resize } from './resize.ts';
import { randomRotate } from './rotate.ts';
import type { Transform } from './transform.ts';

/**
 * What brings a picture before a model: the transforms, and in the end its own size where it reads no other, as
 * Lucent does for vision transformers.
 */
export function expressionsFor(
  { fixedSize }: Pick<HookedModel, 'fixedSize'>,
  expressions: readonly TransformExpression[],
): readonly TransformExpression[] {
  return fixedSize ? [...expressions, { type: 'resize' }] : expressions;
}

export function transformsFor(
  model: Pick<HookedModel, 'fixedSize'>,
  expressions: readonly TransformExpression[],
): Required<Transform<readonly unknown[]>> {
  return transformsOf(expressionsFor(model, expressions));
}

/** The function that a list of transform expressions stands for. */
export function transformsOf(
  expressions: readonly TransformExpression[],
): Required<Transform<readonly unknown[]>> {
  return compose(expressions.map((expression) => transformOf(expression) as Transform));
}

function transformOf(expression: TransformExpression) {
  switch (expression.type) {
    case 'pad':
      if (expression.mode === 'constant') return padConstant(expression.width, expression.value);
      return padReflect(expression.width);
    case 'jitter':
      return jitter(expression.distance);
    case 'randomScale':
      return randomScale(expression.of);
    case 'randomScaleRange':
      return randomScaleRange(expression.from, expression.to);
    case 'randomRotate':
      return randomRotate(expression.of);
    case 'randomBlur':
      return randomBlur(expression.kernelSize, expression.from, expression.to);
    case 'randomFlip':
      return randomFlip(expression);
    case 'cropOrPadTo':
      return cropOrPadTo(expression.height, expression.width);
    case 'resize':
      return resize({ height: expression.height, width: expression.width });
    case 'normalizeGradient':
      return normalizeGradient(expression.scales);
    case 'collapseAlphaRandom':
      return collapseAlphaRandom(expression.standardDeviation);
    case 'randomCrops':
      return randomCrops(expression);
    default:
      return expression satisfies never;
  }
}
