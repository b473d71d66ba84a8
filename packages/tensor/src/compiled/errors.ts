/** Why a function cannot be compiled or a compiled one cannot run. Callers may then run it eagerly, and say so. */

export class CompileError extends Error {
  override readonly name: string = 'CompileError';
}

/** A kernel of tfjs has no form here, or not with these attributes. */
export class UnsupportedKernelError extends CompileError {
  override readonly name = 'UnsupportedKernelError';
  readonly kernel: string;
  /** The op of tfjs that asked for the kernel, such as `unique`; undefined for none that is known. */
  readonly op: string | undefined;

  constructor(kernel: string, op: string | undefined, detail?: string) {
    const asked = op === undefined ? '' : `, which tf.${op} asked for,`;
    super(`The kernel ${kernel}${asked} cannot be compiled${detail === undefined ? '' : `: ${detail}`}`);
    this.kernel = kernel;
    this.op = op;
  }
}

/** The function read a value while it was traced: what it does next would depend on data. */
export class SymbolicValueError extends CompileError {
  override readonly name = 'SymbolicValueError';

  constructor(shape: readonly number[]) {
    super(
      `The values of a traced tensor of shape [${shape.join(', ')}] were asked for; a compiled function must not depend on the values of its tensors`,
    );
  }
}

/** A feed is missing, unknown, or of another size than the function was compiled for. */
export class FeedError extends Error {
  override readonly name = 'FeedError';
}

/** onnxruntime is not there or does not load on this machine. */
export class RuntimeUnavailableError extends CompileError {
  override readonly name = 'RuntimeUnavailableError';

  constructor(reason: string) {
    super(`onnxruntime-node is not available here: ${reason}`);
  }
}
