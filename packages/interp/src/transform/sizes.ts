import type { TransformExpression } from './expression.ts';

/**
 * How many chains of image sizes a list of transforms may draw, at most: as many compiled steps serve it.
 *
 * @param length the longer side of the picture, in pixels
 */
export function countSizes(expressions: readonly TransformExpression[], length: number): number {
  let settled = 1;
  let open = 1;
  for (const expression of expressions) {
    switch (expression.type) {
      case 'randomScale':
        open *= new Set(expression.of).size;
        break;
      case 'randomScaleRange':
        open *= Math.ceil((expression.to - expression.from) * length) + 1;
        break;
      case 'resize':
      case 'cropOrPadTo':
        // Sizes before it lie on one canvas.
        open = 1;
        break;
      case 'pad':
      case 'jitter':
      case 'randomBlur':
      case 'randomRotate':
        break;
      default:
        settled *= open;
        open = 1;
    }
  }
  return settled * open;
}
