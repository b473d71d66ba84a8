import type * as tf from '@tensorflow/tfjs';

/** What kernels written in JavaScript need of the WASM backend. */
export interface WasmBackend {
  /** Allocates; views of the heap taken before may be detached by it. */
  makeOutput(shape: number[], dtype: tf.DataType): tf.TensorInfo;
  /** The values in place, valid until the next allocation. */
  typedArrayFromHeap(tensor: tf.TensorInfo): Float32Array | Int32Array | Uint8Array;
  incRef(dataId: object): void;
}
