/** WASM has no gradients of depthwiseConv2d. */
import * as tf from '@tensorflow/tfjs';
import { replaceKernel } from '../register.ts';
import type { HeapValues, WasmBackend } from './heap.ts';

type Shape4D = [number, number, number, number];
type ConvolutionInfo = ReturnType<typeof tf.backend_util.computeConv2DInfo>;
type Attrs = tf.DepthwiseConv2dNativeBackpropFilterAttrs;

/** Called for each pair of an input and an output pixel that a tap joins, with the offsets of their channels. */
type Visit = (input: number, tap: number, output: number) => void;

export function registerDepthwiseConv2dBackprop(): void {
  replaceKernel({
    kernelName: tf.DepthwiseConv2dNativeBackpropInput,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { dy, filter } = inputs as { dy: tf.TensorInfo; filter: tf.TensorInfo };
      const { inputShape } = attrs as unknown as tf.DepthwiseConv2dNativeBackpropInputAttrs;
      const info = convolutionInfo(inputShape, filter.shape, attrs as unknown as Attrs);
      const heap = backend as WasmBackend;
      const dx = heap.makeOutput(inputShape, 'float32');
      addToInput(
        heap.typedArrayFromHeap(dy),
        heap.typedArrayFromHeap(filter),
        heap.typedArrayFromHeap(dx).fill(0),
        info,
      );
      return dx;
    },
  });
  replaceKernel({
    kernelName: tf.DepthwiseConv2dNativeBackpropFilter,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { x, dy } = inputs as { x: tf.TensorInfo; dy: tf.TensorInfo };
      const { filterShape } = attrs as unknown as Attrs;
      const info = convolutionInfo(x.shape, filterShape, attrs as unknown as Attrs);
      const heap = backend as WasmBackend;
      const dFilter = heap.makeOutput(filterShape, 'float32');
      addToFilter(
        heap.typedArrayFromHeap(x),
        heap.typedArrayFromHeap(dy),
        heap.typedArrayFromHeap(dFilter).fill(0),
        info,
      );
      return dFilter;
    },
  });
}

function addToInput(dy: HeapValues, filter: HeapValues, dx: HeapValues, info: ConvolutionInfo): void {
  const multiplier = info.outChannels / info.inChannels;
  forEachTap(info, (input, tap, output) => {
    for (let channel = 0; channel < info.outChannels; channel++) {
      dx[input + Math.floor(channel / multiplier)]! += dy[output + channel]! * filter[tap + channel]!;
    }
  });
}

function addToFilter(x: HeapValues, dy: HeapValues, dFilter: HeapValues, info: ConvolutionInfo): void {
  const multiplier = info.outChannels / info.inChannels;
  forEachTap(info, (input, tap, output) => {
    for (let channel = 0; channel < info.outChannels; channel++) {
      dFilter[tap + channel]! += x[input + Math.floor(channel / multiplier)]! * dy[output + channel]!;
    }
  });
}

function forEachTap(info: ConvolutionInfo, visit: Visit): void {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, padInfo } = info;
  for (let image = 0; image < info.batchSize; image++) {
    for (let outRow = 0; outRow < outHeight; outRow++) {
      for (let outColumn = 0; outColumn < outWidth; outColumn++) {
        const output = ((image * outHeight + outRow) * outWidth + outColumn) * outChannels;
        for (let tapRow = 0; tapRow < info.filterHeight; tapRow++) {
          const row = outRow * info.strideHeight + tapRow * info.dilationHeight - padInfo.top;
          if (row < 0 || row >= inHeight) continue;
          for (let tapColumn = 0; tapColumn < info.filterWidth; tapColumn++) {
            const column = outColumn * info.strideWidth + tapColumn * info.dilationWidth - padInfo.left;
            if (column < 0 || column >= inWidth) continue;
            const input = ((image * inHeight + row) * inWidth + column) * inChannels;
            visit(input, (tapRow * info.filterWidth + tapColumn) * outChannels, output);
          }
        }
      }
    }
  }
}

function convolutionInfo(inputShape: number[], filterShape: number[], attrs: Attrs): ConvolutionInfo {
  return tf.backend_util.computeConv2DInfo(
    inputShape as Shape4D,
    filterShape as Shape4D,
    attrs.strides,
    attrs.dilations,
    attrs.pad,
    attrs.dimRoundingMode,
    true,
  );
}
