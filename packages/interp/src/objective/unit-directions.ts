/**
 * A unit is a direction of activation space: the one along its own axis. An objective on units, written as one on
 * directions, is the same function for all units of a layer, fed with the direction of each.
 */
import type { ObjectiveExpression, ObjectiveLeaf } from './expression.ts';

/** What is known of the network beside the expression. */
export interface UnitContext {
  channelsOf(layer: string): number;
  readonly classes?: readonly string[];
  /** How many pictures the network sees: classLogit is a sum over them, a direction a mean. */
  readonly pictures: number;
}

/** The same objective with directions in the place of channels, neurons and classes. */
export function withDirections(expression: ObjectiveExpression, context: UnitContext): ObjectiveExpression {
  switch (expression.type) {
    case 'add':
    case 'subtract':
    case 'multiply':
      return {
        ...expression,
        left: withDirections(expression.left, context),
        right: withDirections(expression.right, context),
      };
    case 'scale':
    case 'negate':
      return { ...expression, of: withDirections(expression.of, context) };
    case 'sum':
    case 'mean':
      return { ...expression, of: expression.of.map((part) => withDirections(part, context)) };
    case 'constant':
      return expression;
    default:
      return leafWithDirection(expression, context);
  }
}

function leafWithDirection(leaf: ObjectiveLeaf, context: UnitContext): ObjectiveExpression {
  // The picture itself is no layer with units.
  if (!('layer' in leaf) || leaf.layer === undefined || leaf.layer === 'input') return leaf;
  const along = (channel: number) => oneHot(context.channelsOf(leaf.layer!), channel);
  if (leaf.type === 'channel') {
    const { channel, ...rest } = leaf;
    return { ...rest, type: 'direction', vector: along(channel) };
  }
  if (leaf.type === 'neuron') {
    const { channel, ...rest } = leaf;
    return { ...rest, type: 'directionNeuron', vector: along(channel) };
  }
  if (leaf.type === 'classLogit') {
    const index = typeof leaf.label === 'number' ? leaf.label : (context.classes ?? []).indexOf(leaf.label);
    const direction = { type: 'direction', layer: leaf.layer, vector: along(index) } as const;
    return { type: 'scale', factor: context.pictures, of: direction };
  }
  return leaf;
}

function oneHot(length: number, index: number): number[] {
  return Array.from({ length }, (_, place) => (place === index ? 1 : 0));
}

/** The lists of numbers with which an objective is fed, in the order of its leaves. */
export function vectorsOf(expression: ObjectiveExpression): readonly (readonly number[])[] {
  if ('left' in expression) return [...vectorsOf(expression.left), ...vectorsOf(expression.right)];
  if (expression.type === 'sum' || expression.type === 'mean') return expression.of.flatMap(vectorsOf);
  if ('of' in expression) return vectorsOf(expression.of);
  if ('vector' in expression) return [expression.vector];
  return 'weights' in expression ? [expression.weights] : [];
}

/** Equal for objectives that differ by nothing but the numbers with which they are fed. */
export function structureOfObjective(expression: ObjectiveExpression): string {
  return JSON.stringify(expression, (name, value: unknown) =>
    name === 'vector' || name === 'weights' ? (value as readonly number[]).length : value,
  );
}
