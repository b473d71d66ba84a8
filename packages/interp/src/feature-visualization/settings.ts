import type { GradientOverrides } from '../gradient/override.ts';
import type { ObjectiveExpression } from '../objective/expression.ts';
import type { OptimizerName } from '../optimizer/build.ts';
import type { ParametrizationOptions } from '../parametrization/build.ts';
import type { TransformExpression } from '../transform/expression.ts';

export interface FeatureVisualizationSettings {
  readonly objective: ObjectiveExpression;
  readonly parametrization: ParametrizationOptions;
  readonly transforms: readonly TransformExpression[];
  readonly optimizer: { readonly name: OptimizerName; readonly learningRate: number };
  readonly gradients: GradientOverrides;
  /** Updates to make. Lucid's threshold t stands for t + 1 of them: it counts from 0 and runs to the end. */
  readonly steps: number;
  /** Updates, counted from 0, after which an intermediate picture is given out. */
  readonly thresholds?: readonly number[];
  /** Updates between previews and between checkpoints; 0 for none. */
  readonly previewInterval?: number;
  readonly checkpointInterval?: number;
}
