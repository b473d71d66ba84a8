import { tf } from '@fovea/tensor';
import { channel, channelInterpolate, classLogit, deepdream, neuron } from './activation.ts';
import { alignment, diversity } from './batch.ts';
import { direction, directionCossim, directionNeuron, tensorDirection } from './direction.ts';
import type { ObjectiveExpression, ObjectiveLeaf } from './expression.ts';
import type { Objective } from './objective.ts';
import {
  blurAlphaEachStep,
  blurInputEachStep,
  inputDiff,
  l1,
  l2,
  penalizeBoundaryComplexity,
  totalVariation,
} from './penalty.ts';
import { channelWeight, localgroupWeight, neuronWeight } from './weighted.ts';

/** The function that an expression stands for. */
export function objectiveOf(expression: ObjectiveExpression): Objective {
  switch (expression.type) {
    case 'constant':
      return () => tf.scalar(expression.value);
    case 'add':
      return combine(expression.left, expression.right, tf.add);
    case 'subtract':
      return combine(expression.left, expression.right, tf.sub);
    case 'multiply':
      return combine(expression.left, expression.right, tf.mul);
    case 'scale':
      return scale(expression.of, expression.factor);
    case 'negate':
      return scale(expression.of, -1);
    case 'sum':
      return sum(expression.of);
    case 'mean':
      return scale({ type: 'sum', of: expression.of }, 1 / expression.of.length);
    default:
      return leaf(expression);
  }
}

/** Layers of the model that an expression reads, each once; the picture itself, `input`, is none. */
export function layersOf(expression: ObjectiveExpression): string[] {
  const names = new Set(readNames(expression));
  names.delete('input');
  return [...names];
}

function combine(
  left: ObjectiveExpression,
  right: ObjectiveExpression,
  operation: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor,
): Objective {
  const [first, second] = [objectiveOf(left), objectiveOf(right)];
  return (activations) => operation(first(activations), second(activations)) as tf.Scalar;
}

function scale(of: ObjectiveExpression, factor: number): Objective {
  const objective = objectiveOf(of);
  return (activations) => tf.mul(factor, objective(activations));
}

function sum(of: readonly ObjectiveExpression[]): Objective {
  const objectives = of.map(objectiveOf);
  return (activations) => tf.addN(objectives.map((objective) => objective(activations)));
}

function leaf(expression: ObjectiveLeaf): Objective {
  switch (expression.type) {
    case 'neuron':
      return neuron(expression.layer, expression.channel, expression);
    case 'channel':
      return channel(expression.layer, expression.channel, expression.batch);
    case 'direction':
      return direction(expression.layer, expression.vector, expression);
    case 'directionNeuron':
      return directionNeuron(expression.layer, expression.vector, expression);
    case 'directionCossim':
      return directionCossim(expression.layer, expression.vector, expression.batch);
    case 'tensorDirection':
      return tensorDirection(expression.layer, expression.tensor, expression);
    case 'deepdream':
      return deepdream(expression.layer);
    case 'totalVariation':
      return totalVariation(expression.layer);
    case 'l1':
      return l1(expression.layer, expression);
    case 'l2':
      return l2(expression.layer, expression);
    case 'blurInputEachStep':
      return blurInputEachStep();
    case 'blurAlphaEachStep':
      return blurAlphaEachStep();
    case 'channelInterpolate':
      return channelInterpolate(
        expression.layer1,
        expression.channel1,
        expression.layer2,
        expression.channel2,
      );
    case 'penalizeBoundaryComplexity':
      return penalizeBoundaryComplexity(expression);
    case 'alignment':
      return alignment(expression.layer, expression.decayRatio);
    case 'diversity':
      return diversity(expression.layer);
    case 'inputDiff':
      return inputDiff(expression.image);
    case 'classLogit':
      return classLogit(expression.layer, expression.label);
    case 'neuronWeight':
      return neuronWeight(expression.layer, expression.weights, expression);
    case 'channelWeight':
      return channelWeight(expression.layer, expression.weights, expression.batch);
    case 'localgroupWeight':
      return localgroupWeight(expression.layer, expression.weights, expression);
    default:
      return expression satisfies never;
  }
}

function readNames(expression: ObjectiveExpression): string[] {
  if ('left' in expression) return [...readNames(expression.left), ...readNames(expression.right)];
  if (expression.type === 'sum' || expression.type === 'mean') return expression.of.flatMap(readNames);
  if ('of' in expression) return readNames(expression.of);
  if (expression.type === 'channelInterpolate') return [expression.layer1, expression.layer2];
  return 'layer' in expression && expression.layer !== undefined ? [expression.layer] : [];
}
