/** Everything that can be wrong with a model or with what is asked of one. */
import { closest } from './closest.ts';
import type { Axis, HookPoint, InputSpec } from './hooked-model.ts';

/** `code` is stable; `nearest` holds valid names like the one given, best first. */
export class ModelError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

function didYouMean(nearest: readonly (string | number)[]): string {
  return nearest.length > 0 ? ` Did you mean ${nearest.join(', ')}?` : '';
}

export class UnknownModelError extends ModelError {
  readonly nearest: readonly string[];

  constructor(name: string, known: readonly string[]) {
    const nearest = closest(name, known);
    super('UNKNOWN_MODEL', `No model is called "${name}".${didYouMean(nearest)}`);
    this.nearest = nearest;
  }
}

export class UnknownArchitectureError extends ModelError {
  readonly nearest: readonly string[];

  constructor(name: string, known: readonly string[]) {
    const nearest = closest(name, known);
    super(
      'UNKNOWN_ARCHITECTURE',
      `No architecture is called "${name}".${didYouMean(nearest)} Known: ${known.join(', ')}.`,
    );
    this.nearest = nearest;
  }
}

export class UnknownVariantError extends ModelError {
  readonly nearest: readonly string[];

  constructor(architecture: string, name: string, known: readonly string[]) {
    super('UNKNOWN_VARIANT', `${architecture} has no variant "${name}". It has ${known.join(', ')}.`);
    this.nearest = closest(name, known);
  }
}

export class UnknownLayerError extends ModelError {
  readonly nearest: readonly string[];

  constructor(model: string, name: string, known: readonly string[]) {
    const nearest = closest(name, known);
    super('UNKNOWN_LAYER', `${model} has no layer "${name}".${didYouMean(nearest)}`);
    this.nearest = nearest;
  }
}

export class UnknownChannelError extends ModelError {
  readonly nearest: readonly string[];

  constructor(layer: string, channel: number, channels: number) {
    super(
      'UNKNOWN_CHANNEL',
      `Layer ${layer} has no channel ${channel}: its channels are 0 to ${channels - 1}.`,
    );
    this.nearest = [channel < 0 ? '0' : `${channels - 1}`];
  }
}

export class MissingInputError extends ModelError {
  constructor({ name, shape }: InputSpec, given: readonly string[]) {
    super(
      'MISSING_INPUT',
      `What is asked for depends on the input "${name}" [batch, ${shape.join(', ')}], which was not given` +
        (given.length > 0 ? ` (given: ${given.join(', ')}).` : '.'),
    );
  }
}

export class InputShapeError extends ModelError {
  constructor({ name, shape, axes }: Omit<InputSpec, 'dtype'>, given: readonly number[]) {
    super(
      'INPUT_SHAPE',
      `"${name}" is [batch, ${axes.join(', ')}], nominally [batch, ${shape.join(', ')}]; ` +
        `it was given as [${given.join(', ')}].`,
    );
  }
}

/** Part of a value that it does not have. */
export class SelectionError extends ModelError {
  static ofAxis({ name, axes }: Pick<HookPoint, 'name' | 'axes'>, axis: Axis): SelectionError {
    return new SelectionError(
      'SELECTION',
      `${name} has no ${axis} to select: its axes are ${axes.join(', ')}.`,
    );
  }

  static ofIndex(
    { name }: Pick<HookPoint, 'name'>,
    axis: Axis,
    index: number,
    length: number,
  ): SelectionError {
    return new SelectionError(
      'SELECTION',
      `${name} has no ${axis} ${index}: its indices are 0 to ${length - 1}.`,
    );
  }
}

export class ResampleError extends ModelError {
  constructor(layer: string) {
    super(
      'RESAMPLE',
      `${layer} cannot be resampled from a batch of one: run several examples at once, or give reference values.`,
    );
  }
}

export class NoGradientError extends ModelError {
  constructor(layers: readonly string[]) {
    super(
      'NO_GRADIENT',
      `The metric does not depend on ${layers.join(', ')}: it is computed elsewhere or later.`,
    );
  }
}

/** A processing that finds nothing in a network to which it applies. */
export class NothingToProcessError extends ModelError {
  constructor(model: string, processing: string) {
    super('NOTHING_TO_PROCESS', `${processing} changes nothing in ${model}: it has no part of that kind.`);
  }
}

/** A configuration that the architecture's code does not cover. */
export class UnsupportedConfigurationError extends ModelError {
  constructor(architecture: string, fault: string) {
    super('UNSUPPORTED_CONFIGURATION', `This ${architecture} cannot be built: ${fault}.`);
  }
}

/** Nothing that is known has these tensors, or more than one network has. */
export class UnrecognizedCheckpointError extends ModelError {
  constructor(path: string, fitting: readonly string[], tensors: readonly string[]) {
    super(
      'UNRECOGNIZED_CHECKPOINT',
      fitting.length > 0
        ? `${path} fits ${fitting.join(' and ')}: name the architecture.`
        : `${path} fits no architecture: it holds ${tensors.length} tensors, such as ${tensors.slice(0, 3).join(', ')}. ` +
            'Name the architecture that it should be to learn what differs.',
    );
  }
}

/** Mean or deviation of a preprocessing is of another number of channels than the network reads. */
export class ChannelCountError extends ModelError {
  constructor(network: string, channels: number, part: 'mean' | 'std', given: number) {
    super(
      'CHANNEL_COUNT',
      `${network} reads ${channels} channels, and the preprocessing's ${part} has ${given} values: ` +
        'it takes one for each channel, or one for all.',
    );
  }
}

/** Its learned positions, or its pooling, tie a network to images of one size. */
export class FixedSizeError extends ModelError {
  constructor(variant: string, expected: readonly [number, number], given: readonly [number, number]) {
    super('FIXED_SIZE', `${variant} reads images of ${expected.join('×')} only, not of ${given.join('×')}.`);
  }
}

export class ModelTooLargeError extends ModelError {
  constructor(values: number, backend: string, options?: ErrorOptions) {
    super(
      'MODEL_TOO_LARGE',
      `The ${values.toLocaleString('en')} weights, ${((4 * values) / 2 ** 30).toFixed(1)} GiB, do not fit into the ` +
        `memory of the backend ${backend}. \`fovea backend list\` shows others; FOVEA_BACKEND chooses one.`,
      options,
    );
  }
}

export class InputTooSmallError extends ModelError {
  constructor([height, width]: readonly [number, number], [windowY, windowX]: readonly [number, number]) {
    super(
      'INPUT_TOO_SMALL',
      `A window of ${windowY}×${windowX} does not fit into ${height}×${width} positions: give the network a larger image.`,
    );
  }
}

export class TooManyPositionsError extends ModelError {
  constructor(given: number, positions: number) {
    super('INPUT_TOO_LONG', `The network knows ${positions} positions; ${given} were given.`);
  }
}

export class MalformedManifestError extends ModelError {
  constructor(path: string, fault: string, options?: ErrorOptions) {
    super(
      'MALFORMED_MANIFEST',
      `${path} is not a model manifest: ${fault}. Import the model again.`,
      options,
    );
  }
}

export class InvalidModelNameError extends ModelError {
  constructor(name: string, fault: string) {
    super('INVALID_MODEL_NAME', `"${name}" cannot name a model: ${fault}.`);
  }
}

export class ModelExistsError extends ModelError {
  constructor(name: string) {
    super(
      'MODEL_EXISTS',
      `Another model is already called "${name}". Remove it first, or import under another name.`,
    );
  }
}

export class ShippedModelError extends ModelError {
  constructor(name: string) {
    super('SHIPPED_MODEL', `"${name}" comes with Fovea and cannot be replaced or removed.`);
  }
}

export class ClassCountError extends ModelError {
  constructor(given: number, channels: number) {
    super('CLASS_COUNT', `${given} class names were given for ${channels} logits.`);
  }
}

export class NonFiniteActivationsError extends ModelError {
  constructor(layer: string) {
    super(
      'NON_FINITE_ACTIVATIONS',
      `Layer ${layer} computes NaN or infinite values from ordinary images: the weights are damaged, or the preprocessing is wrong.`,
    );
  }
}
