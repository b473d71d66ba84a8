export type { ObjectiveExpression, ObjectiveLeaf } from './objective/expression.ts';
export type { TransformExpression } from './transform/expression.ts';
