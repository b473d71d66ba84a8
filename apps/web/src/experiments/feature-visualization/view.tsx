import { formatObjective, type FeatureVisualizationInput } from '@fovea/experiments/schema';
import type { KindView } from '../kind-view.ts';
import { FeatureVisualizationResult } from './result.tsx';

// The API stores nothing that its schema refused, so the values have the types of the input.
export const featureVisualizationView: KindView = {
  subject: (input) => formatObjective((input as FeatureVisualizationInput).objective),
  valueText(name, value) {
    if (name === 'objective') return formatObjective(value as FeatureVisualizationInput['objective']);
    if (name === 'transforms' && Array.isArray(value)) return transformsText(value);
    return undefined;
  },
  hasLoss: true,
  Result: FeatureVisualizationResult,
};

/** "pad(width 12), jitter(distance 8)" */
function transformsText(transforms: Exclude<FeatureVisualizationInput['transforms'], string>): string {
  return transforms
    .map(({ type, ...parameters }) => {
      const texts = Object.entries(parameters).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
      return `${type}(${texts.join(', ')})`;
    })
    .join(', ');
}
