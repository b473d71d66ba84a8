import type { Architecture, Variant } from './architecture.ts';
import { clip } from './architectures/clip.ts';
import { foveaMini } from './architectures/fovea_mini.ts';
import { inceptionV3 } from './architectures/inception_v3.ts';
import { squeezenet1_0 } from './architectures/squeezenet1_0.ts';
import { UnknownArchitectureError, UnknownVariantError } from './errors.ts';

export const architectures: readonly Architecture[] = [clip, foveaMini, inceptionV3, squeezenet1_0];

/** @throws UnknownArchitectureError */
export function findArchitecture(name: string): Architecture {
  const found = architectures.find((architecture) => architecture.name === name);
  if (!found) {
    throw new UnknownArchitectureError(
      name,
      architectures.map((architecture) => architecture.name),
    );
  }
  return found;
}

/** @throws UnknownVariantError */
export function findVariant(architecture: Architecture, name: string): Variant {
  const found = architecture.variants.find((variant) => variant.name === name);
  if (!found) {
    throw new UnknownVariantError(
      architecture.name,
      name,
      architecture.variants.map((variant) => variant.name),
    );
  }
  return found;
}
