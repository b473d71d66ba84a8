/** Which of our networks a fixture was computed with. */
import type { Architecture, CheckpointDescription, Variant } from '../architecture.ts';
import { architecturesOf, matchCheckpoint, type Match } from '../checkpoint-match.ts';
import { CheckpointMismatchError } from '../checkpoint/checkpoint-errors.ts';
import { ModelError } from '../errors.ts';
import { architectures, findArchitecture } from '../known-architectures.ts';
import { withPreprocessing } from '../model.ts';
import type { Preprocessing } from '../preprocessing.ts';
import type { Fixture } from './fixture.ts';

/**
 * The forms that fill the fixture's tensors exactly, drawn at the size of its input. More than one where the
 * tensors do not tell them apart, that which the fixture names first.
 * @throws UnknownArchitectureError, CheckpointMismatchError, UnsupportedConfigurationError
 */
export function matchesOf(fixture: Fixture): Match[] {
  const description: CheckpointDescription = {
    tensors: new Map(Object.entries(fixture.tensors).map(([name, shape]) => [name, { shape }])),
    // timm's configurations name what they are of; the arguments of a constructor do not.
    config: fixture.config && { architecture: fixture.architecture, ...fixture.config },
  };
  const matches = asNamed(fixture, description) ?? byTensors(fixture, description);
  return matches.toSorted((a, b) => likeness(fixture, b) - likeness(fixture, a));
}

/** Of the architectures that the fixture names, or that have a variant of that name, if its tensors fit any. */
function asNamed(fixture: Fixture, description: CheckpointDescription): Match[] | undefined {
  const named = architectures.filter(
    ({ name, variants }) =>
      name === fixture.architecture || variants.some((variant) => variant.name === fixture.architecture),
  );
  try {
    const matches = named.flatMap((architecture) => allMatches(atSizeOf(fixture, architecture), description));
    return matches.length > 0 ? matches : undefined;
  } catch (error) {
    const others = architecturesOf(description).filter((architecture) => !named.includes(architecture));
    if (error instanceof CheckpointMismatchError && others.length > 0) return undefined;
    throw error;
  }
}

function byTensors(fixture: Fixture, description: CheckpointDescription): Match[] {
  const fitting = architecturesOf(description);
  const candidates = fitting.length > 0 ? fitting : [findArchitecture(fixture.architecture)];
  return candidates.flatMap((architecture) => allMatches(atSizeOf(fixture, architecture), description));
}

function allMatches(architecture: Architecture, description: CheckpointDescription): Match[] {
  const first = matchCheckpoint(architecture, description);
  return [first, ...first.alsoFit.map((name) => matchCheckpoint(architecture, description, name))];
}

/** How clearly a fixture names a variant: by `architecture`, else in the words of `reference`. */
function likeness({ architecture, reference }: Fixture, { variant, naming }: Match): number {
  const words = reference.toLowerCase().split(/[^\w-]+/);
  const mentioned = [variant.name, naming.name].filter((name) => words.includes(name.toLowerCase())).length;
  return variant.name === architecture ? Infinity : mentioned;
}

/** With the fixture's input as the nominal one: positional embeddings depend on it. */
function atSizeOf({ input }: Fixture, architecture: Architecture): Architecture {
  if (!input) return architecture;
  const [, channels, height, width] = input.shape;
  if (input.shape.length !== 4) throw new UnusableInputError(input.shape);
  const sized = (variant: Variant) =>
    withPreprocessing(variant, {
      ...perChannel(variant.preprocessing, channels!),
      height: height!,
      width: width!,
    });
  const [first, ...rest] = architecture.variants;
  return {
    ...architecture,
    variants: [sized(first), ...rest.map(sized)],
    configure: (description) => {
      const configured = architecture.configure?.(description);
      return configured && sized(configured);
    },
  };
}

/** Values of a fixture's input are past the preprocessing: only the number of channels matters. */
function perChannel(preprocessing: Preprocessing, channels: number): Preprocessing {
  if (preprocessing.mean.length === channels) return preprocessing;
  return { ...preprocessing, mean: Array<number>(channels).fill(0), std: Array<number>(channels).fill(1) };
}

class UnusableInputError extends ModelError {
  constructor(shape: readonly number[]) {
    super(
      'UNUSABLE_FIXTURE_INPUT',
      `The input of a fixture must be [batch, channels, height, width]; this one is [${shape.join(', ')}].`,
    );
  }
}
