/** Every operator that imported graphs may have. */
import type { Operators } from './call.ts';
import { activationOperators } from './operators/activation.ts';
import { convolutionOperators } from './operators/convolution.ts';
import { elementwiseOperators } from './operators/elementwise.ts';
import { indexingOperators } from './operators/indexing.ts';
import { matrixOperators } from './operators/matrix.ts';
import { normalizationOperators } from './operators/normalization.ts';
import { poolingOperators } from './operators/pooling.ts';
import { reductionOperators } from './operators/reduction.ts';
import { resizeOperators } from './operators/resize.ts';
import { shapingOperators } from './operators/shaping.ts';
import { softmaxOperators } from './operators/softmax.ts';

export const operators: Operators = {
  ...activationOperators,
  ...convolutionOperators,
  ...elementwiseOperators,
  ...indexingOperators,
  ...matrixOperators,
  ...normalizationOperators,
  ...poolingOperators,
  ...reductionOperators,
  ...resizeOperators,
  ...shapingOperators,
  ...softmaxOperators,
};
