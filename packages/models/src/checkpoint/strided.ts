/** Views of numbers in memory: transposed, with gaps, or repeating. */

/** Numbers of any kind, as the bits that they are. */
export type Words =
  Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | BigUint64Array<ArrayBuffer>;

/** @returns elements to the next one along each axis, without gaps */
export function rowMajorStrides(shape: readonly number[]): number[] {
  return shape.map((_, axis) => shape.slice(axis + 1).reduce((product, length) => product * length, 1));
}

/**
 * Copies a view into row-major order.
 * @param strides in elements
 */
export function gather(from: Words, to: Words, shape: readonly number[], strides: readonly number[]): void {
  if (to.length === 0) return;
  const last = shape.length - 1;
  const [length, stride] = [shape[last] ?? 1, strides[last] ?? 0];
  let written = 0;
  const copy = (axis: number, begin: number): void => {
    if (axis >= last) {
      for (let index = 0, at = begin; index < length; index++, at += stride) to[written++] = from[at]!;
      return;
    }
    for (let index = 0; index < shape[axis]!; index++) copy(axis + 1, begin + index * strides[axis]!);
  };
  copy(0, 0);
}

/**
 * Rearranges axes, as `transpose` does on the engine, but without holding a tensor there twice.
 * @param values row-major
 * @param order the axes of `shape`, in the order wanted
 */
export function permuteAxes(
  values: Float32Array,
  shape: readonly number[],
  order: readonly number[],
): Float32Array {
  const strides = rowMajorStrides(shape);
  const permuted = new Float32Array(values.length);
  gather(
    new Uint32Array(values.buffer as ArrayBuffer, values.byteOffset, values.length),
    new Uint32Array(permuted.buffer),
    order.map((axis) => shape[axis]!),
    order.map((axis) => strides[axis]!),
  );
  return permuted;
}
