/** WASM has no UnsortedSegmentSum, which is the gradient of gather. */
import * as tf from '@tensorflow/tfjs';
import { replaceKernel } from '../register.ts';
import { addRows } from '../unsorted-segment-sum.ts';
import type { WasmBackend } from './heap.ts';

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
