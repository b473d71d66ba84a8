/** WASM's own Slice first copies all of its input, and SplitV (the gradient of concat) does so for each part. */
import * as tf from '@tensorflow/tfjs';
import { replaceKernel } from '../register.ts';
import type { HeapValues, WasmBackend } from './heap.ts';

export function registerSlice(): void {
  const stock = tf.getKernel(tf.Slice, 'wasm');
  replaceKernel({
    ...stock,
    kernelFunc: (call) => {
      const x = call.inputs.x as tf.TensorInfo;
      if (x.dtype === 'string') return stock.kernelFunc(call);
      const { begin, size } = call.attrs as { begin: number | number[]; size: number | number[] };
      const [from, extent] = tf.slice_util.parseSliceParams(x, begin, size) as [number[], number[]];
      return slice(call.backend as WasmBackend, x, from, extent);
    },
  });
  replaceKernel({
    kernelName: tf.SplitV,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs, backend }) => {
      const x = inputs.x as tf.Tensor;
      const [axis] = tf.util.parseAxisParam(attrs?.axis as number, x.shape) as [number];
      const sizes = tf.backend_util.prepareSplitSize(x, attrs?.numOrSizeSplits as number | number[], axis);
      const begin = x.shape.map(() => 0);
      return sizes.map((size) => {
        const part = slice(backend as WasmBackend, x, begin, x.shape.with(axis, size));
        begin[axis]! += size;
        return part;
      });
    },
  });
}

function slice(heap: WasmBackend, x: tf.TensorInfo, begin: number[], size: number[]): tf.TensorInfo {
  const out = heap.makeOutput(size, x.dtype);
  copyBox(heap.typedArrayFromHeap(x), x.shape, heap.typedArrayFromHeap(out), begin, size);
  return out;
}

function copyBox(from: HeapValues, shape: number[], to: HeapValues, begin: number[], size: number[]): void {
  if (to.length === 0) return;
  // Trailing axes taken whole are one run of memory together with the axis before them.
  let last = Math.max(shape.length - 1, 0);
  while (last > 0 && size[last] === shape[last]) last--;
  const strides = shape.map((_, axis) => tf.util.sizeFromShape(shape.slice(axis + 1)));
  const run = tf.util.sizeFromShape(size.slice(last));
  let written = 0;
  const copyFrom = (axis: number, offset: number): void => {
    const start = offset + (begin[axis] ?? 0) * (strides[axis] ?? 1);
    if (axis === last) {
      copyRun(from, start, to, written, run);
      written += run;
      return;
    }
    for (let index = 0; index < size[axis]!; index++) copyFrom(axis + 1, start + index * strides[axis]!);
  };
  copyFrom(0, 0);
}

/** A short loop is faster than making a view. */
function copyRun(from: HeapValues, start: number, to: HeapValues, at: number, length: number): void {
  if (length > 256) {
    to.set(from.subarray(start, start + length), at);
    return;
  }
  for (let index = 0; index < length; index++) to[at + index] = from[start + index]!;
}
