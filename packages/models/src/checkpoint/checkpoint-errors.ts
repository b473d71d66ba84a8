/** What can be wrong with a file of weights. */
import { closest } from '../closest.ts';
import { ModelError } from '../errors.ts';

export class UnreadableCheckpointError extends ModelError {
  constructor(path: string, fault: string) {
    super('UNREADABLE_CHECKPOINT', `${path} cannot be opened: ${fault}.`);
  }
}

export class UnknownCheckpointFormatError extends ModelError {
  /** @param found what is there instead */
  constructor(path: string, found: string) {
    super(
      'UNKNOWN_CHECKPOINT_FORMAT',
      `${path} holds no weights that can be read: ${found}. Read are safetensors (one file, or an index of ` +
        'shards), PyTorch files (zip, TorchScript and legacy), TensorFlow GraphDef, folders of Hugging Face, ' +
        'diffusers, timm and open_clip, and, by its own path and without an architecture, a file named .onnx.',
    );
  }
}

/** A folder holds several networks, of which one has to be named. */
export class PipelineFolderError extends ModelError {
  readonly components: readonly string[];

  constructor(path: string, className: string, components: readonly string[]) {
    super(
      'PIPELINE_FOLDER',
      `${path} holds a whole ${className}, of ${components.join(', ') || 'no networks'}. Name the folder of one ` +
        `of them${components.length > 0 ? `, such as ${path.replace(/\/$/, '')}/${components[0]}` : ''}.`,
    );
    this.components = components;
  }
}

export class TruncatedCheckpointError extends ModelError {
  constructor(path: string, bytes: number, expected: number) {
    super(
      'TRUNCATED_CHECKPOINT',
      `${path} is truncated: it has ${bytes} bytes where at least ${expected} belong. Copy or download it again.`,
    );
  }
}

export class MalformedCheckpointError extends ModelError {
  constructor(path: string, format: string, fault: string, options?: ErrorOptions) {
    super('MALFORMED_CHECKPOINT', `${path} cannot be read as ${format}: ${fault}.`, options);
  }
}

/** A pickle names something that is neither a tensor nor a plain container. */
export class ForbiddenPickleGlobalError extends ModelError {
  readonly global: string;

  constructor(path: string, global: string) {
    super(
      'FORBIDDEN_PICKLE_GLOBAL',
      `${path} asks for "${global}", which is neither a tensor nor a plain container. Nothing of it was executed. ` +
        'If its source is to be trusted, save just its state dict, or convert it to safetensors.',
    );
    this.global = global;
  }
}

export class UnsupportedDtypeError extends ModelError {
  constructor(path: string, dtype: string, supported: readonly string[]) {
    super(
      'UNSUPPORTED_DTYPE',
      `${path} stores numbers as ${dtype}, which is not supported; supported are ${supported.join(', ')}.`,
    );
  }
}

export class UnknownTensorError extends ModelError {
  readonly nearest: readonly string[];

  constructor(path: string, name: string, known: readonly string[]) {
    const nearest = closest(name, known);
    const advice = nearest.length > 0 ? ` Did you mean ${nearest.join(', ')}?` : '';
    super('UNKNOWN_TENSOR', `${path} holds no tensor "${name}".${advice}`);
    this.nearest = nearest;
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
