/** What can be wrong with an ONNX file, beyond what can be wrong with any file of weights. */
import { ModelError } from '../errors.ts';

export class UnsupportedOperatorError extends ModelError {
  readonly operator: string;
  readonly node: string;

  /** @param reason what of the operator is not supported; by default the operator as a whole is not */
  constructor(operator: string, opset: number, node: string, reason?: string) {
    const what = reason ? `is not supported as it is used there: ${reason}` : 'is not supported';
    super(
      'UNSUPPORTED_OPERATOR',
      `The operator ${operator} (opset ${opset}) of node "${node}" ${what}. Export the network without it.`,
    );
    this.operator = operator;
    this.node = node;
  }
}

/** The file is sound, but of a kind that is not imported. */
export class UnsupportedOnnxError extends ModelError {
  constructor(path: string, fault: string) {
    super('UNSUPPORTED_ONNX', `${path} cannot be imported: ${fault}.`);
  }
}

/** A node cannot do with its inputs what it is to do. */
export class OnnxNodeError extends ModelError {
  readonly node: string;

  constructor(
    operator: string,
    node: string,
    inputs: readonly string[],
    fault: string,
    options?: ErrorOptions,
  ) {
    const given = inputs.length > 0 ? ` of ${inputs.join(', ')}` : '';
    super('ONNX_NODE', `Node "${node}" cannot compute ${operator}${given}: ${fault}`, options);
    this.node = node;
  }
}

/** The file was exported for a certain number of images, and does not work with another. */
export class FixedBatchError extends ModelError {
  constructor(fault: string, options?: ErrorOptions) {
    super(
      'FIXED_BATCH',
      `The network takes one number of images only: ${fault}. Export it with a dynamic batch axis.`,
      options,
    );
  }
}
