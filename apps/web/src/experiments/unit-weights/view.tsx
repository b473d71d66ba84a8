import type { UnitWeightsInput } from '@fovea/experiments/schema';
import type { KindView } from '../kind-view.ts';
import { UnitWeightsResult } from './result.tsx';

export const unitWeightsView: KindView = {
  subject(input) {
    const { layer, others, expandedFrom } = input as UnitWeightsInput;
    const ends = others.length > 0 ? others.join(', ') : 'the layers next to it';
    return `${layer} and ${ends}${expandedFrom === null ? '' : `, expanded from ${expandedFrom}`}`;
  },
  valueText: (name, value) => (name === 'others' ? (value as string[]).join(', ') : undefined),
  Result: UnitWeightsResult,
};
