import type { ImageActivationsInput } from '@fovea/experiments/schema';
import type { KindView } from '../kind-view.ts';
import { ImageActivationsResult } from './result.tsx';

// The API stores nothing that its schema refused, so the values have the types of the input.
export const imageActivationsView: KindView = {
  subject(input) {
    const { image, layers } = input as ImageActivationsInput;
    return `image ${image.slice(0, 8)} in ${layers.join(', ')}`;
  },
  Result: ImageActivationsResult,
};
