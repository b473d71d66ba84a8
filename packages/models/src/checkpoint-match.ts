/** Whether a checkpoint belongs to an architecture, and to which of its variants. */
import type { Architecture, Variant } from './architecture.ts';
import { CheckpointMismatchError } from './checkpoint/checkpoint-errors.ts';
import type { Checkpoint } from './checkpoint/checkpoint.ts';
import type { TensorSpec } from './graph.ts';
import { architectures, findVariant } from './known-architectures.ts';
import { networkOf } from './network.ts';

export interface Match {
  readonly variant: Variant;
  /** Other variants whose tensors have the same names and shapes: nothing in the checkpoint tells them apart. */
  readonly alsoFit: readonly string[];
}

/**
 * The variant of `architecture` that a checkpoint fills, or the one that `wanted` names if it does.
 * @throws CheckpointMismatchError, UnknownVariantError
 */
export function matchCheckpoint(
  architecture: Architecture,
  checkpoint: Pick<Checkpoint, 'tensors'>,
  wanted?: string,
): Match {
  const candidates = wanted ? [findVariant(architecture, wanted)] : architecture.variants;
  const judged = candidates.map((variant) => ({ variant, problems: disagreements(variant, checkpoint) }));
  const [best, ...others] = judged.toSorted((a, b) => a.problems.length - b.problems.length);
  if (best!.problems.length > 0) {
    throw new CheckpointMismatchError(
      architecture.name,
      best!.problems,
      otherArchitecture(architecture, checkpoint),
    );
  }
  return {
    variant: best!.variant,
    alsoFit: others.filter(({ problems }) => problems.length === 0).map(({ variant }) => variant.name),
  };
}

function disagreements(variant: Variant, { tensors }: Pick<Checkpoint, 'tensors'>): string[] {
  const expected = new Map(networkOf(variant).tensors.map((tensor) => [tensor.name, tensor]));
  const missingOrMisshapen = [...expected.values()].flatMap((tensor) => disagreement(tensor, tensors));
  const unused = [...tensors.keys()]
    .filter((name) => !expected.has(name))
    .map((name) => `${name} is not used`);
  return [...missingOrMisshapen, ...unused];
}

function disagreement({ name, shape }: TensorSpec, tensors: Checkpoint['tensors']): string[] {
  const found = tensors.get(name);
  if (!found) return [`${name} is missing`];
  const same =
    found.shape.length === shape.length && found.shape.every((length, axis) => length === shape[axis]);
  return same ? [] : [`${name} is [${found.shape.join(', ')}] instead of [${shape.join(', ')}]`];
}

function otherArchitecture(given: Architecture, checkpoint: Pick<Checkpoint, 'tensors'>): string | undefined {
  return architectures.find(
    (architecture) =>
      architecture !== given &&
      architecture.variants.some((variant) => disagreements(variant, checkpoint).length === 0),
  )?.name;
}
