/**
 * The cpu backend's own UnsortedSegmentSum, which is the gradient of gather, makes a mask of all of x for each
 * segment: hours for the pixels of an image.
 */
import * as tf from '@tensorflow/tfjs';
import { replaceKernel } from './register.ts';

type Values = Float32Array | Int32Array | Uint8Array;

export function registerUnsortedSegmentSum(): void {
  replaceKernel({
    kernelName: tf.UnsortedSegmentSum,
    backendName: 'cpu',
    kernelFunc: ({ inputs, backend, attrs }) => {
      const { x, segmentIds } = inputs as { x: tf.TensorInfo; segmentIds: tf.TensorInfo };
      const valuesOf = ({ dataId }: tf.TensorInfo) =>
        (backend as tf.KernelBackend).readSync(dataId) as Values;
      const segments = attrs?.numSegments as number;
      const shape = [segments, ...x.shape.slice(1)];
      const size = tf.util.sizeFromShape(shape);
      const sums = tf.util.getTypedArrayFromDType(x.dtype as 'float32' | 'int32', size) as Values;
      addRows(valuesOf(x), valuesOf(segmentIds), sums, segments);
      return tf.tensor(sums, shape, x.dtype);
    },
  });
}

/** Adds each row of x to the row of `sums` that its id names; ids outside it are dropped, as TensorFlow does. */
export function addRows(x: Values, ids: Values, sums: Values, segments: number): void {
  const width = sums.length / segments;
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row]!;
    if (id < 0 || id >= segments) continue;
    const from = row * width;
    const to = id * width;
    for (let column = 0; column < width; column++) sums[to + column]! += x[from + column]!;
  }
}
