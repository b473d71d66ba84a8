import { formatObjective, type FeatureVisualizationInput } from '@fovea/experiments/schema';
import type { KindView } from '../kind-view.ts';
import { FeatureVisualizationResult } from './result.tsx';

export const featureVisualizationView: KindView = {
  // The API stores nothing that its schema refused.
  subject: (input) => formatObjective((input as FeatureVisualizationInput).objective),
  Result: FeatureVisualizationResult,
};
