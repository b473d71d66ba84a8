import type { TuningInput } from '@fovea/experiments/schema';
import type { KindView } from '../kind-view.ts';
import { TuningResult } from './result.tsx';

// The API stores nothing that its schema refused, so the values have the types of the input.
export const tuningView: KindView = {
  subject(input) {
    const { layers, stimulus, dataset } = input as TuningInput;
    return `${layers.join(', ')} to ${dataset ?? stimulus}`;
  },
  valueText(name, value) {
    if (name === 'layers') return (value as TuningInput['layers']).join(', ');
    if (name === 'parameters' && value === null) return 'the usual ones';
    return undefined;
  },
  Result: TuningResult,
};
