import { calibrateFeatureVisualization } from '@fovea/interp';
import { settingsOf } from '../feature-visualization/settings.ts';
import type { Kind } from '../kind.ts';
import { runUnitPictures } from './run.ts';
import { unitPicturesSchema, type UnitPicturesInput, type UnitPicturesResult } from './schema.ts';
import { takesOf } from './takes.ts';
import { visualizationOf } from './visualization.ts';

export const unitPictures: Kind<UnitPicturesInput, UnitPicturesResult> = {
  schema: unitPicturesSchema,
  run: runUnitPictures,
  calibrate: async (input, { loadModel }) =>
    calibrateFeatureVisualization(
      await loadModel(input.model),
      settingsOf(visualizationOf(input, takesOf(input)[0]!)),
    ),
};
