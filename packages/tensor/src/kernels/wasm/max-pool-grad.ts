/** WASM's own MaxPoolGrad searches the window of each output once for every input below it. */
import * as tf from '@tensorflow/tfjs';
import { replaceKernel } from '../register.ts';
import type { HeapValues, WasmBackend } from './heap.ts';

type PoolInfo = ReturnType<typeof tf.backend_util.computePool2DInfo>;
type PoolValues = Record<'x' | 'y' | 'dy' | 'dx', HeapValues>;

interface Span {
  readonly from: number;
  readonly count: number;
}

export function registerMaxPoolGrad(): void {
  replaceKernel({
    kernelName: tf.MaxPoolGrad,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { dy, input, output } = inputs as Record<'dy' | 'input' | 'output', tf.TensorInfo>;
      const heap = backend as WasmBackend;
      const info = tf.backend_util.computePool2DInfo(
        input.shape as [number, number, number, number],
        attrs?.filterSize as number | [number, number],
        attrs?.strides as number | [number, number],
        1,
        attrs?.pad as number | 'same' | 'valid',
        attrs?.dimRoundingMode as 'floor' | 'round' | 'ceil' | undefined,
      );
      const dx = heap.makeOutput(input.shape, input.dtype);
      const values = {
        x: heap.typedArrayFromHeap(input),
        y: heap.typedArrayFromHeap(output),
        dy: heap.typedArrayFromHeap(dy),
        dx: heap.typedArrayFromHeap(dx).fill(0),
      };
      giveToMaxima(values, info);
      return dx;
    },
  });
}

/** Adds each value of dy to the first place of its window, in rows then columns, that holds the maximum. */
function giveToMaxima({ x, y, dy, dx }: PoolValues, info: PoolInfo): void {
  const { outHeight, outWidth, inChannels, inHeight, inWidth, padInfo } = info;
  const lineLength = inWidth * inChannels;
  let out = 0;
  for (let image = 0; image < info.batchSize; image++) {
    for (let outRow = 0; outRow < outHeight; outRow++) {
      const rows = window(outRow, info.strideHeight, info.filterHeight, padInfo.top, inHeight);
      for (let outColumn = 0; outColumn < outWidth; outColumn++) {
        const columns = window(outColumn, info.strideWidth, info.filterWidth, padInfo.left, inWidth);
        const corner = ((image * inHeight + rows.from) * inWidth + columns.from) * inChannels;
        const width = columns.count * inChannels;
        const end = corner + rows.count * lineLength;
        for (let channel = 0; channel < inChannels; channel++, out++) {
          const place = find(x, y[out]!, corner + channel, end, lineLength, width, inChannels);
          if (place >= 0) dx[place]! += dy[out]!;
        }
      }
    }
  }
}

/** Where a window, of lines `lineLength` apart and `width` long with steps of `step`, first holds `value`; else −1. */
function find(
  x: HeapValues,
  value: number,
  start: number,
  end: number,
  lineLength: number,
  width: number,
  step: number,
): number {
  for (let line = start; line < end; line += lineLength) {
    for (let place = line; place < line + width; place += step) if (x[place] === value) return place;
  }
  return -1;
}

function window(out: number, stride: number, size: number, pad: number, limit: number): Span {
  const start = out * stride - pad;
  const from = Math.max(start, 0);
  return { from, count: Math.min(start + size, limit) - from };
}
