import { transformList, type FeatureVisualizationSettings, type ObjectiveExpression } from '@fovea/interp';
import { firstLayerOf } from './expression-leaves.ts';
import { parseObjective } from './objective-shorthand.ts';
import type { FeatureVisualizationInput } from './schema.ts';

/** What interp needs of an input. */
export function settingsOf(input: FeatureVisualizationInput): FeatureVisualizationSettings {
  return {
    objective: objectiveWithDiversity(input),
    parametrization: {
      kind: input.parametrization,
      batch: input.batch,
      height: input.height,
      width: input.width,
      decorrelate: input.decorrelate,
      alpha: input.alpha,
      grayscale: input.grayscale,
      standardDeviation: input.standardDeviation,
      decayPower: input.decayPower,
      gain: input.gain,
    },
    transforms:
      typeof input.transforms === 'string' ? transformList(input.transforms, input) : input.transforms,
    optimizer: { name: input.optimizer, learningRate: input.learningRate },
    gradients: { redirectedRelu: input.redirectedRelu, maxPoolGradient: input.maxPoolGradient },
    steps: input.steps,
    thresholds: input.thresholds,
    previewInterval: input.previewInterval,
    checkpointInterval: input.checkpointInterval,
  };
}

function objectiveWithDiversity(input: FeatureVisualizationInput): ObjectiveExpression {
  const objective = typeof input.objective === 'string' ? parseObjective(input.objective) : input.objective;
  if (input.diversityWeight === 0) return objective;
  const layer = input.diversityLayer ?? firstLayerOf(objective)!;
  return {
    type: 'subtract',
    left: objective,
    right: { type: 'scale', factor: input.diversityWeight, of: { type: 'diversity', layer } },
  };
}
