import { arrangementShapes } from './arrangement.ts';
import { elementwiseShapes } from './elementwise.ts';
import { indexingShapes } from './indexing.ts';
import { matrixShapes } from './matrix.ts';
import { reductionShapes } from './reduction.ts';
import type { ShapeRule } from './shape-rule.ts';
import { windowedShapes } from './windowed.ts';

/** By kernel. A kernel without one is composed of others, or cannot be compiled. */
export const shapeRules: Readonly<Record<string, ShapeRule>> = {
  ...arrangementShapes,
  ...elementwiseShapes,
  ...indexingShapes,
  ...matrixShapes,
  ...reductionShapes,
  ...windowedShapes,
};
