import { kinds } from './kinds.ts';
import type { KindView } from './kind-view.ts';
import { activationAtlasView } from './activation-atlas/view.tsx';
import { activationSweepView } from './activation-sweep/view.tsx';
import { featureVisualizationView } from './feature-visualization/view.tsx';
import { tuningView } from './tuning/view.tsx';
import { imageActivationsView } from './image-activations/view.tsx';
import { unitPicturesView } from './unit-pictures/view.tsx';
import { unitWeightsView } from './unit-weights/view.tsx';
import { weightSparsityView } from './weight-sparsity/view.tsx';

const views: Readonly<Record<string, KindView>> = {
  'activation-atlas': activationAtlasView,
  'activation-sweep': activationSweepView,
  'feature-visualization': featureVisualizationView,
  tuning: tuningView,
  'image-activations': imageActivationsView,
  'unit-pictures': unitPicturesView,
  'unit-weights': unitWeightsView,
  'weight-sparsity': weightSparsityView,
};

// Fails the build, which renders pages that import this, rather than a page that a researcher has open.
for (const { name } of kinds) {
  if (!Object.hasOwn(views, name)) {
    throw new Error(
      `The kind ${name} has no view: add one under apps/web/src/experiments/${name} and name it here`,
    );
  }
}

export const viewOf = (kind: string): KindView | undefined => views[kind];
