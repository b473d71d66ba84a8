/** One small network of each architecture, with synthetic weights. */
import type { Architecture, Variant } from '../architecture.ts';
import type { HookedModel } from '../hooked-model.ts';
import { findArchitecture, findVariant } from '../known-architectures.ts';
import { variantModel } from './synthetic-model.ts';

export interface SmallModel {
  readonly architecture: string;
  /** Of the variant. */
  readonly name: string;
  readonly load: () => Promise<HookedModel>;
}

export const smallModels: readonly SmallModel[] = [
  published('fovea_mini', 'procedural', 64),
  published('inception_v3', 'inception_v3_2015_trunk', 107),
  published('squeezenet', 'squeezenet1_0', 64),
];

/** @param size another than the nominal one, of networks that take any */
function published(architectureName: string, variantName: string, size?: number): SmallModel {
  return {
    architecture: architectureName,
    name: variantName,
    load: () => {
      const architecture = findArchitecture(architectureName);
      return resized(architecture, findVariant(architecture, variantName), size);
    },
  };
}

function resized(architecture: Architecture, variant: Variant, size?: number): Promise<HookedModel> {
  const extent = size === undefined ? {} : { height: size, width: size };
  return variantModel(architecture.name, {
    ...variant,
    preprocessing: { ...variant.preprocessing, ...extent },
  });
}
