import type { UnitPicturesInput } from '@fovea/experiments/schema';
import type { KindView } from '../kind-view.ts';
import { channelsText } from './channels-text.ts';
import { UnitPicturesResult } from './result.tsx';

export const unitPicturesView: KindView = {
  subject(input) {
    const { layer, channels } = input as UnitPicturesInput;
    return `${layer}:${channelsText(channels)}`;
  },
  valueText: (name, value) => (name === 'channels' ? channelsText(value as number[]) : undefined),
  Result: UnitPicturesResult,
};
