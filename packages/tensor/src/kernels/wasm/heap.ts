import type * as tf from '@tensorflow/tfjs';

export type HeapValues = Float32Array | Int32Array | Uint8Array;

/** What kernels written in JavaScript need of the WASM backend. */
export interface WasmBackend {
  /** Allocates, without clearing; views of the heap that were taken before may be detached by it. */
  makeOutput(shape: number[], dtype: tf.DataType): tf.TensorInfo;
  /** The values in place, valid until the next allocation. */
  typedArrayFromHeap(tensor: tf.TensorInfo): HeapValues;
  incRef(dataId: object): void;
}
