import type { Architecture, Variant } from './architecture.ts';
import { alexnet } from './architectures/alexnet.ts';
import { autoencoderKl } from './architectures/autoencoder_kl.ts';
import { cifarResnet } from './architectures/cifar_resnet.ts';
import { clip } from './architectures/clip.ts';
import { clipTextModel } from './architectures/clip_text_model.ts';
import { convnext } from './architectures/convnext.ts';
import { ditMnist } from './architectures/dit_mnist.ts';
import { foveaMini } from './architectures/fovea_mini.ts';
import { googlenet } from './architectures/googlenet.ts';
import { inceptionV1 } from './architectures/inception_v1.ts';
import { inceptionV3 } from './architectures/inception_v3.ts';
import { resnet } from './architectures/resnet.ts';
import { squeezenet } from './architectures/squeezenet.ts';
import { unet2dCondition } from './architectures/unet_2d_condition.ts';
import { vgg } from './architectures/vgg.ts';
import { vit } from './architectures/vit.ts';
import { UnknownArchitectureError, UnknownVariantError } from './errors.ts';

export const architectures: readonly Architecture[] = [
  alexnet,
  autoencoderKl,
  cifarResnet,
  clip,
  clipTextModel,
  convnext,
  ditMnist,
  foveaMini,
  googlenet,
  inceptionV1,
  inceptionV3,
  resnet,
  squeezenet,
  unet2dCondition,
  vgg,
  vit,
];

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

/**
 * An architecture by its own name, or by that of one of its variants.
 * @throws UnknownArchitectureError
 */
export function findNetwork(name: string): {
  readonly architecture: Architecture;
  readonly variant?: string;
} {
  const ofVariant = architectures.find(({ variants }) => variants.some((variant) => variant.name === name));
  const isArchitecture = architectures.some((architecture) => architecture.name === name);
  return ofVariant && !isArchitecture
    ? { architecture: ofVariant, variant: name }
    : { architecture: findArchitecture(name) };
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
