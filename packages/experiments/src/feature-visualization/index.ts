import { calibrateFeatureVisualization } from '@fovea/interp';
import type { Kind } from '../kind.ts';
import { runFeatureVisualization } from './run.ts';
import {
  featureVisualizationSchema,
  type FeatureVisualizationInput,
  type FeatureVisualizationResult,
} from './schema.ts';
import { settingsOf } from './settings.ts';

export const featureVisualization: Kind<FeatureVisualizationInput, FeatureVisualizationResult> = {
  schema: featureVisualizationSchema,
  run: runFeatureVisualization,
  calibrate: async (input, { loadModel }) =>
    calibrateFeatureVisualization(await loadModel(input.model), settingsOf(input)),
};
