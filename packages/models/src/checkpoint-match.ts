/** Whether a checkpoint belongs to an architecture, to which of its variants, and how it names things. */
import type { Architecture, CheckpointDescription, Variant } from './architecture.ts';
import { CheckpointMismatchError } from './checkpoint/checkpoint-errors.ts';
import type { Shape } from './graph.ts';
import { architectures, findVariant } from './known-architectures.ts';
import { ownNaming, sourceOf, type Naming } from './naming.ts';
import { networkOf, type Network } from './network.ts';

export interface Match {
  readonly variant: Variant;
  readonly network: Network;
  readonly naming: Naming;
  /** Other variants whose tensors have the same names and shapes: nothing in the checkpoint tells them apart. */
  readonly alsoFit: readonly string[];
}

/**
 * The variant of `architecture` that a checkpoint fills, or the one that `wanted` names if it does. What a
 * configuration beside the weights says goes before what is published.
 * @throws CheckpointMismatchError, UnknownVariantError, UnsupportedConfigurationError
 */
export function matchCheckpoint(
  architecture: Architecture,
  checkpoint: CheckpointDescription,
  wanted?: string,
): Match {
  const judged = candidates(architecture, checkpoint, wanted).map((variant) => judge(variant, checkpoint));
  const fitting = judged.filter(({ problems }) => problems.length === 0);
  const [best] = fitting;
  if (!best) {
    const nearest = judged.toSorted((a, b) => a.problems.length - b.problems.length)[0];
    throw new CheckpointMismatchError(
      wanted ?? architecture.name,
      nearest?.problems ?? [],
      otherArchitecture(architecture, checkpoint),
    );
  }
  return {
    variant: best.variant,
    network: best.network,
    naming: best.naming,
    alsoFit: fitting.slice(1).map(({ variant }) => variant.name),
  };
}

/** The architectures of which a checkpoint can be, by its tensors' names and shapes. */
export function architecturesOf(checkpoint: CheckpointDescription): Architecture[] {
  return architectures.filter((architecture) =>
    candidates(architecture, checkpoint).some((variant) => judge(variant, checkpoint).problems.length === 0),
  );
}

function candidates(
  architecture: Architecture,
  checkpoint: CheckpointDescription,
  wanted?: string,
): Variant[] {
  const { variants } = architecture;
  const configured = architecture.configure?.(checkpoint);
  if (wanted !== undefined) {
    return [configured?.name === wanted ? configured : findVariant(architecture, wanted)];
  }
  if (!configured) return [...variants];
  return checkpoint.config === undefined ? [...variants, configured] : [configured, ...variants];
}

interface Judgement {
  readonly variant: Variant;
  readonly network: Network;
  readonly naming: Naming;
  readonly problems: readonly string[];
}

/** By the naming under which least is wrong. */
function judge(variant: Variant, checkpoint: CheckpointDescription): Judgement {
  const network = networkOf(variant);
  const namings = variant.namings ?? [ownNaming];
  const [best] = namings
    .map((naming) => ({ variant, network, naming, problems: disagreements(network, naming, checkpoint) }))
    .toSorted((a, b) => a.problems.length - b.problems.length);
  return best!;
}

function disagreements(network: Network, naming: Naming, { tensors }: CheckpointDescription): string[] {
  const expected = new Map(
    network.tensors.map((tensor) => sourceOf(naming, tensor)).map((source) => [source.name, source]),
  );
  const missingOrMisshapen = [...expected.values()].flatMap((source) => disagreement(source, tensors));
  const unused = [...tensors.keys()]
    .filter((name) => !expected.has(name))
    .filter((name) => !naming.unneeded?.some((pattern) => pattern.test(name)))
    .map((name) => `${name} is not used`);
  return [...missingOrMisshapen, ...unused];
}

function disagreement(
  { name, shape }: { name: string; shape: Shape },
  tensors: CheckpointDescription['tensors'],
): string[] {
  const found = tensors.get(name);
  if (!found) return [`${name} is missing`];
  const same =
    found.shape.length === shape.length && found.shape.every((length, axis) => length === shape[axis]);
  return same ? [] : [`${name} is [${found.shape.join(', ')}] instead of [${shape.join(', ')}]`];
}

function otherArchitecture(given: Architecture, checkpoint: CheckpointDescription): string | undefined {
  return architecturesOf(checkpoint).find((architecture) => architecture !== given)?.name;
}
