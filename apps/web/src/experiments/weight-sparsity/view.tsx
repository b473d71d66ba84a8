import type { WeightSparsityInput } from '@fovea/experiments/schema';
import type { KindView } from '../kind-view.ts';
import { WeightSparsityResult } from './result.tsx';

export const weightSparsityView: KindView = {
  subject(input) {
    const { layer, from } = input as WeightSparsityInput;
    return `${layer} from ${from ?? 'the layer before'}`;
  },
  valueText: (name, value) => (name === 'nulls' ? (value as string[]).join(', ') : undefined),
  Result: WeightSparsityResult,
};
