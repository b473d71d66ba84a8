/** Tensors that a file holds, as operands. */
import { dtypes, type DtypeName } from '../checkpoint/dtype.ts';
import type { Call } from './call.ts';
import type { HostTensor, NumberKind } from './host-tensor.ts';
import { constant, learned, type HostValue } from './operand.ts';
import type { TensorProto } from './schema.ts';
import { bytesOf, typeOf } from './tensor-proto.ts';

function numberKind(dtype: DtypeName): NumberKind {
  if (dtype === 'BOOL') return 'bool';
  return dtype.includes('F') ? 'float' : 'int';
}

export function hostTensorOf(path: string, proto: TensorProto): HostTensor {
  const { dtype, shape } = typeOf(path, proto);
  return {
    type: numberKind(dtype),
    shape,
    data: Array.from(dtypes[dtype].decode(bytesOf(path, proto).buffer)),
  };
}

/**
 * Finite numbers with a fractional type are learned, and flow through the graph as weights; integers and masks of
 * minus infinity are not.
 * @param bytes row-major, little-endian
 */
export function operandOf(
  name: string,
  { dtype, shape }: { readonly dtype: DtypeName; readonly shape: readonly number[] },
  bytes: Uint8Array<ArrayBuffer>,
): HostValue {
  const decoded = dtypes[dtype].decode(bytes.buffer);
  const type = numberKind(dtype);
  if (type !== 'float') return constant({ type, shape, data: Array.from(decoded) });
  const values = Float32Array.from(decoded);
  if (values.some((value) => value === -Infinity)) return constant({ type, shape, data: [...values] });
  return learned({ name, shape, values });
}

/** A constant that is written as a node. A single number is part of the arithmetic; more are learned. */
export function constantOperand(call: Call): HostValue {
  const { node } = call;
  const tensor = call.constantAttribute('value');
  if (tensor) {
    const isLearned = tensor.type === 'float' && tensor.data.length > 1 && tensor.data.every(Number.isFinite);
    if (!isLearned) return constant(tensor);
    return learned({ name: node.outputs[0]!, shape: tensor.shape, values: Float32Array.from(tensor.data) });
  }
  const [ints, floats] = [call.ints('value_ints'), call.ints('value_floats')];
  if (ints) return constant({ type: 'int', shape: [ints.length], data: ints });
  if (floats) return constant({ type: 'float', shape: [floats.length], data: floats });
  if (node.attributes.has('value_int'))
    return constant({ type: 'int', shape: [], data: [call.int('value_int', 0)] });
  if (!node.attributes.has('value_float')) call.refuse('its value is no tensor and no number');
  return constant({ type: 'float', shape: [], data: [call.float('value_float', 0)] });
}
