import type { ActivationAtlasInput } from '@fovea/experiments/schema';
import type { KindView } from '../kind-view.ts';
import { ActivationAtlasResult } from './result.tsx';

// The API stores nothing that its schema refused, so the values have the types of the input.
export const activationAtlasView: KindView = {
  subject(input) {
    const { layer, dataset } = input as ActivationAtlasInput;
    return `${layer} over ${dataset}`;
  },
  valueText: (name, value) =>
    name === 'grids' ? (value as number[]).map((size) => `${size}×${size}`).join(', ') : undefined,
  Result: ActivationAtlasResult,
};
