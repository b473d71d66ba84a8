import type { ObjectiveExpression, ObjectiveLeaf } from '@fovea/interp';

export type Path = readonly (string | number)[];

export interface PlacedLeaf {
  readonly leaf: ObjectiveLeaf;
  /** Where in the expression, as zod writes it. */
  readonly path: Path;
}

/** The objectives that an expression combines, in order. A constant is none. */
export function leavesOf(objective: ObjectiveExpression, path: Path = []): readonly PlacedLeaf[] {
  switch (objective.type) {
    case 'constant':
      return [];
    case 'add':
    case 'subtract':
    case 'multiply':
      return [
        ...leavesOf(objective.left, [...path, 'left']),
        ...leavesOf(objective.right, [...path, 'right']),
      ];
    case 'scale':
    case 'negate':
      return leavesOf(objective.of, [...path, 'of']);
    case 'sum':
    case 'mean':
      return objective.of.flatMap((part, index) => leavesOf(part, [...path, 'of', index]));
    default:
      return [{ leaf: objective, path }];
  }
}

/** The first layer of the model that an expression reads; null where it reads the picture alone. */
export function firstLayerOf(objective: ObjectiveExpression): string | null {
  const layers = leavesOf(objective).flatMap(({ leaf }) => {
    if (leaf.type === 'channelInterpolate') return [leaf.layer1];
    return 'layer' in leaf && leaf.layer !== undefined ? [leaf.layer] : [];
  });
  return layers.find((layer) => layer !== 'input') ?? null;
}
