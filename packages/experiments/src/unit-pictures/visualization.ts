import type { ObjectiveExpression } from '@fovea/interp';
import type { FeatureVisualizationInput } from '../feature-visualization/schema.ts';
import type { UnitPicturesInput } from './schema.ts';
import type { Take } from './takes.ts';

/** Where in a model a take looks. */
export interface Target {
  readonly layer: string;
  readonly channel: number;
  /** Of the neuron, in a layer of tokens; the middle of the layer if left out. */
  readonly x?: number;
}

/**
 * The feature visualization that makes a take: run by itself, with the seed of the run plus the number of the restart,
 * it gives the same picture.
 */
export function visualizationOf(
  input: UnitPicturesInput,
  take: Take,
  target: Target = { layer: input.layer, channel: take.channel },
): FeatureVisualizationInput {
  const {
    layer: _layer,
    channels: _channels,
    objectives: _objectives,
    signs: _signs,
    restarts: _restarts,
    diversity: _diversity,
    diversityWeight,
    ...settings
  } = input;
  return {
    ...settings,
    objective: objectiveOf(take, target),
    batch: take.batch,
    diversityWeight: take.batch > 1 ? diversityWeight : 0,
    diversityLayer: null,
    thresholds: [],
    alpha: false,
    grayscale: false,
    previewInterval: 0,
    checkpointInterval: 0,
  };
}

function objectiveOf({ objective, sign }: Take, { layer, channel, x }: Target): ObjectiveExpression {
  const ofUnit: ObjectiveExpression =
    objective === 'neuron' && x !== undefined
      ? { type: 'neuron', layer, channel, x }
      : { type: objective, layer, channel };
  return sign === 1 ? ofUnit : { type: 'negate', of: ofUnit };
}
