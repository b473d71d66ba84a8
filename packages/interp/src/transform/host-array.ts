/** Arrays that the host makes for a compiled step. */

export interface HostArray {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array;
}

/** An array of zeros. */
export type MakeArray = <A extends Float32Array | Int32Array>(
  kind: new (buffer: ArrayBufferLike) => A,
  length: number,
) => A;

const bytesPerElement = 4;

export const newArray: MakeArray = (kind, length) => new kind(new ArrayBuffer(length * bytesPerElement));

/**
 * Makes arrays of shared memory, which threads hand over without copying, and after `reuse` the same again: steps need
 * arrays of the same lengths in the same order.
 */
export function reusedArrays(): { readonly make: MakeArray; readonly reuse: () => void } {
  const arrays: (Float32Array | Int32Array)[] = [];
  let next = 0;
  return {
    reuse: () => (next = 0),
    make(kind, length) {
      const index = next++;
      const known = arrays[index];
      if (known instanceof kind && known.length === length) return known.fill(0) as typeof known;
      const made = new kind(new SharedArrayBuffer(length * bytesPerElement));
      arrays[index] = made;
      return made;
    },
  };
}
