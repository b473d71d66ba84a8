/** WASM has no UnsortedSegmentSum, which is the gradient of gather. */
import * as tf from '@tensorflow/tfjs';
import { replaceKernel } from '../register.ts';
import type { HeapValues, WasmBackend } from './heap.ts';

export function registerUnsortedSegmentSum(): void {
  replaceKernel({
    kernelName: tf.UnsortedSegmentSum,
    backendName: 'wasm',
    kernelFunc: ({ inputs, backend, attrs }) => {
      const { x, segmentIds } = inputs as { x: tf.TensorInfo; segmentIds: tf.TensorInfo };
      const heap = backend as WasmBackend;
      const segments = attrs?.numSegments as number;
      const sums = heap.makeOutput([segments, ...x.shape.slice(1)], x.dtype);
      addRows(
        heap.typedArrayFromHeap(x),
        heap.typedArrayFromHeap(segmentIds),
        heap.typedArrayFromHeap(sums).fill(0),
        segments,
      );
      return sums;
    },
  });
}

/** Adds each row of x to the row of `sums` that its id names; ids outside it are dropped, as TensorFlow does. */
function addRows(x: HeapValues, ids: HeapValues, sums: HeapValues, segments: number): void {
  const width = sums.length / segments;
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row]!;
    if (id < 0 || id >= segments) continue;
    const from = row * width;
    const to = id * width;
    for (let column = 0; column < width; column++) sums[to + column]! += x[from + column]!;
  }
}
