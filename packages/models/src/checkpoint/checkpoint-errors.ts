/** What can be wrong with a file of weights. */
import { ModelError } from '../errors.ts';

export class TruncatedCheckpointError extends ModelError {
  constructor(path: string, bytes: number, expected: number) {
    super(
      'TRUNCATED_CHECKPOINT',
      `${path} is truncated: it has ${bytes} bytes where at least ${expected} belong. Copy or download it again.`,
    );
  }
}

export class MalformedCheckpointError extends ModelError {
  constructor(path: string, fault: string, options?: ErrorOptions) {
    super('MALFORMED_CHECKPOINT', `${path} cannot be read as safetensors: ${fault}.`, options);
  }
}

/** The bytes are not those that were registered. */
export class CorruptCheckpointError extends ModelError {
  constructor(path: string, expected: string, found: string) {
    super(
      'CORRUPT_CHECKPOINT',
      `${path} has changed since it was registered: its sha256 is ${found}, it was ${expected}. Import the model again.`,
    );
  }
}

/** The checkpoint is sound, but of another network. */
export class CheckpointMismatchError extends ModelError {
  readonly problems: readonly string[];
  /** A known architecture that fits instead. */
  readonly fits?: string;

  constructor(architecture: string, problems: readonly string[], fits?: string) {
    const advice = fits ? ` This looks like ${fits}.` : '';
    const shown = problems.slice(0, 8);
    const more = problems.length > shown.length ? `; and ${problems.length - shown.length} more` : '';
    super(
      'CHECKPOINT_MISMATCH',
      `The checkpoint does not fit ${architecture}.${advice} ${problems.length} of its tensors disagree: ${shown.join('; ')}${more}.`,
    );
    this.problems = problems;
    this.fits = fits;
  }
}

/** A weight is NaN or infinite. */
export class NonFiniteWeightsError extends ModelError {
  constructor(tensor: string, value: number, index: number) {
    super('NON_FINITE_WEIGHTS', `Tensor "${tensor}" holds ${value} at position ${index}.`);
  }
}
