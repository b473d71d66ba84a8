import { expect, test } from 'vitest';
import { matchCheckpoint } from '../checkpoint-match.ts';
import { CheckpointMismatchError } from '../checkpoint/checkpoint-errors.ts';
import type { Shape } from '../graph.ts';
import { findArchitecture, findVariant } from '../known-architectures.ts';
import { ownNaming, sourceOf } from '../naming.ts';
import { networkOf } from '../network.ts';

/** The tensors of a published network, the last layer of which was made anew for `classes` classes. */
function tensorsFor(architecture: string, variantName: string, lastLayer: string, classes: number) {
  const variant = findVariant(findArchitecture(architecture), variantName);
  const [naming] = variant.namings ?? [ownNaming];
  return new Map(
    networkOf(variant).tensors.map((tensor): [string, { shape: Shape }] => {
      const { name, shape } = sourceOf(naming, tensor);
      return [name, { shape: name.startsWith(`${lastLayer}.`) ? [classes, ...shape.slice(1)] : shape }];
    }),
  );
}

test.each([
  { architecture: 'alexnet', variant: 'alexnet', lastLayer: 'classifier.6' },
  { architecture: 'cifar_resnet', variant: 'resnet56', lastLayer: 'linear' },
  { architecture: 'googlenet', variant: 'googlenet', lastLayer: 'fc' },
  { architecture: 'inception_v3', variant: 'inception_v3', lastLayer: 'fc' },
  { architecture: 'resnet', variant: 'resnet50', lastLayer: 'fc' },
  { architecture: 'squeezenet', variant: 'squeezenet1_1', lastLayer: 'classifier.1' },
  { architecture: 'vgg', variant: 'vgg16_bn', lastLayer: 'classifier.6' },
])('$variant may be trained for any number of classes', ({ architecture, variant, lastLayer }) => {
  const tensors = tensorsFor(architecture, variant, lastLayer, 7);
  const match = matchCheckpoint(findArchitecture(architecture), { tensors });
  expect(match.variant.name).toBe(variant);
  expect(match.network.hooks.get('logits')!.shape).toEqual([7]);
  const [first] = tensors.keys();
  tensors.delete(first!);
  expect(() => matchCheckpoint(findArchitecture(architecture), { tensors })).toThrow(CheckpointMismatchError);
});
