/** Small arrays of numbers that are known before any image is: shapes, axes, indices, and what is computed of them. */
import { tf } from '@fovea/tensor';

export type NumberKind = 'float' | 'int' | 'bool';

export interface HostTensor {
  readonly type: NumberKind;
  readonly shape: readonly number[];
  /** Row-major; truth is 1. */
  readonly data: readonly number[];
}

const engineTypes = { float: 'float32', int: 'int32', bool: 'bool' } as const;

/** More than any shape or table of indices has: what asks for more is an error, not an allocation. */
export const largestHostTensor = 4_194_304;

export function hostTensor(type: NumberKind, shape: readonly number[], data: readonly number[]): HostTensor {
  return { type, shape, data };
}

export function vector(data: readonly number[]): HostTensor {
  return { type: 'int', shape: [data.length], data };
}

export function toEngineTensor({ type, shape, data }: HostTensor): tf.Tensor {
  return tf.tensor([...data], [...shape], engineTypes[type]);
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** Steps from one element to the next along each axis, of a row-major array. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides: number[] = [];
  let step = 1;
  for (const length of shape.toReversed()) {
    strides.unshift(step);
    step *= length;
  }
  return strides;
}

/** The indices of a row-major array, one after the other, in one list that changes. */
export function* indicesOf(shape: readonly number[]): Generator<readonly number[]> {
  const index = shape.map(() => 0);
  for (let count = sizeOf(shape); count > 0; count--) {
    yield index;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis]!++;
      if (index[axis]! < shape[axis]!) break;
      index[axis] = 0;
    }
  }
}

/**
 * The shape that both broadcast to, as numpy has it.
 * @throws Error where they do not
 */
export function broadcastShape(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  const at = (shape: readonly number[], axis: number) => shape[axis - rank + shape.length] ?? 1;
  return Array.from({ length: rank }, (_, axis) => {
    const [left, right] = [at(a, axis), at(b, axis)];
    if (left !== right && left !== 1 && right !== 1) {
      throw new Error(`[${a.join(', ')}] and [${b.join(', ')}] do not broadcast`);
    }
    return left === 1 ? right : left;
  });
}

/** A new array whose element at each index is read at `from(index)` of the old one. */
export function rearranged(
  { type, data }: HostTensor,
  shape: readonly number[],
  from: (index: readonly number[]) => number,
): HostTensor {
  checkHostSize(shape);
  return { type, shape, data: Array.from(indicesOf(shape), (index) => data[from(index)]!) };
}

/** @throws Error */
export function checkHostSize(shape: readonly number[]): void {
  if (shape.some((length) => !Number.isSafeInteger(length) || length < 0)) {
    throw new Error(`[${shape.join(', ')}] is no shape`);
  }
  if (sizeOf(shape) > largestHostTensor) throw new Error(`a table of [${shape.join(', ')}] is too large`);
}

export function broadcastTo(tensor: HostTensor, shape: readonly number[]): HostTensor {
  const strides = stridesOf(tensor.shape);
  const offset = shape.length - tensor.shape.length;
  return rearranged(tensor, shape, (index) =>
    tensor.shape.reduce(
      (sum, length, axis) => sum + (length === 1 ? 0 : index[axis + offset]!) * strides[axis]!,
      0,
    ),
  );
}

/** Element by element, of arrays that broadcast to one shape. */
export function combine(
  type: NumberKind,
  tensors: readonly HostTensor[],
  compute: (...values: number[]) => number,
): HostTensor {
  const shape = tensors.map((tensor) => tensor.shape).reduce(broadcastShape);
  checkHostSize(shape);
  const broadcast = tensors.map((tensor) => broadcastTo(tensor, shape).data);
  const data = Array.from({ length: sizeOf(shape) }, (_, index) =>
    compute(...broadcast.map((values) => values[index]!)),
  );
  return { type, shape, data };
}
