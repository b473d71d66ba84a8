import type { Kind } from '../kind.ts';
import { runFeatureVisualization } from './run.ts';
import {
  featureVisualizationSchema,
  type FeatureVisualizationInput,
  type FeatureVisualizationResult,
} from './schema.ts';

export const featureVisualization: Kind<FeatureVisualizationInput, FeatureVisualizationResult> = {
  schema: featureVisualizationSchema,
  run: runFeatureVisualization,
};
