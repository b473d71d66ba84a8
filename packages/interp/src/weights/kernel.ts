/** Linear maps from one layer to another that are the same at every position, and what becomes of them on the way. */
import { convolve, edges, pair, type WindowGeometry } from '@fovea/models';
import { tf } from '@fovea/tensor';

type Pair = readonly [number, number];

/**
 * Position p of the target reads position `stride · p + offset + d` of the source with the weights `values[d]`: a
 * cross-correlation, so a kernel lies over the picture the way it is drawn, row 0 at the top.
 */
export interface Kernel {
  /** [height, width, in, out] */
  readonly values: tf.Tensor4D;
  readonly stride: Pair;
  readonly offset: Pair;
}

/** From a layer to itself. */
export function identityKernel(channels: number): Kernel {
  return { values: tf.eye(channels).reshape([1, 1, channels, channels]), stride: [1, 1], offset: [0, 0] };
}

/**
 * What a convolution behind `kernel` makes of it.
 * @param filter in the layout that `convolve` reads
 * @param extent height and width of what the convolution reads, at the nominal size, where its padding depends on them
 */
export function throughConvolution(
  kernel: Kernel,
  filter: tf.Tensor4D,
  window: WindowGeometry,
  extent: Pair,
): Kernel {
  const { groups = 1, dilation = 1 } = window;
  const spacing = product(pair(dilation), kernel.stride);
  const [tapsY, tapsX] = filter.shape;
  const [edgeY, edgeX] = [(tapsY - 1) * spacing[0], (tapsX - 1) * spacing[1]];
  // Composed kernels are the full convolution of both: a correlation with the flipped filter, over zeros all around.
  const images = kernel.values.transpose<tf.Tensor4D>([2, 0, 1, 3]);
  const composed = convolve(images, tf.reverse(filter, [0, 1]), {
    stride: 1,
    dilation: spacing,
    padding: [edgeY, edgeY, edgeX, edgeX],
    groups,
  });
  return { values: composed.transpose([1, 2, 0, 3]), ...slid(kernel, window, extent) };
}

/** What the mean over a window behind `kernel` makes of it, away from the edges of the picture. */
export function throughMean(kernel: Kernel, window: WindowGeometry, extent: Pair): Kernel {
  const [height, width] = pair(window.size);
  const channels = kernel.values.shape[3];
  const filter = tf.ones<tf.Rank.R4>([height, width, channels, 1]).div<tf.Tensor4D>(height * width);
  if (channels > 1) return throughConvolution(kernel, filter, { ...window, groups: channels }, extent);
  return throughConvolution(kernel, filter, window, extent);
}

/** Where the positions behind a window read. */
function slid(
  { stride, offset }: Kernel,
  window: WindowGeometry,
  extent: Pair,
): Pick<Kernel, 'stride' | 'offset'> {
  const [top, , left] = edges(extent, window.size, window.stride, window.padding);
  return {
    stride: product(stride, pair(window.stride)),
    offset: [offset[0] - stride[0] * top, offset[1] - stride[1] * left],
  };
}

/** @param matrix [channels, channels'] */
export function throughMatrix(kernel: Kernel, matrix: tf.Tensor2D): Kernel {
  const [height, width, inputs, channels] = kernel.values.shape;
  const rows = kernel.values.reshape<tf.Tensor2D>([-1, channels]);
  return {
    ...kernel,
    values: tf.matMul(rows, matrix).reshape([height, width, inputs, matrix.shape[1]]),
  };
}

/** @param gains one, or one for each channel */
export function throughGains(kernel: Kernel, gains: tf.Tensor | number): Kernel {
  return { ...kernel, values: kernel.values.mul(gains) };
}

/** Less the mean over channels. */
export function throughCentering(kernel: Kernel): Kernel {
  return { ...kernel, values: kernel.values.sub(kernel.values.mean(-1, true)) };
}

/** To the mean over all positions: what a change of the source's own mean over positions adds to it. */
export function throughMeanOfAll(kernel: Kernel): Kernel {
  return { ...kernel, values: kernel.values.sum([0, 1], true) };
}

/** Of the sum of what the kernels lead to. */
export function sumOfKernels(kernels: readonly Kernel[]): Kernel {
  const aligned = alignedKernels(kernels);
  return { ...aligned[0]!, values: tf.addN(aligned.map(({ values }) => values)) };
}

/** Of what the kernels lead to, one behind the other along the channels. */
export function concatenatedKernels(kernels: readonly Kernel[]): Kernel {
  const aligned = alignedKernels(kernels);
  return {
    ...aligned[0]!,
    values: tf.concat(
      aligned.map(({ values }) => values),
      3,
    ),
  };
}

/** Of channels that do not depend on the source, beside others that do. */
export function zeroKernel(like: Kernel, channels: number): Kernel {
  return { ...like, values: tf.zeros([1, 1, like.values.shape[2], channels]) };
}

/** Padded by zeros until all cover the same positions of the source. */
function alignedKernels(kernels: readonly Kernel[]): Kernel[] {
  const [first] = kernels;
  const starts = ([0, 1] as const).map((axis) => Math.min(...kernels.map(({ offset }) => offset[axis])));
  const ends = ([0, 1] as const).map((axis) =>
    Math.max(...kernels.map(({ offset, values }) => offset[axis] + values.shape[axis])),
  );
  return kernels.map(({ values, offset, stride }) => {
    if (stride[0] !== first!.stride[0] || stride[1] !== first!.stride[1])
      throw new Error('Values of one shape have kernels of one stride');
    const paddings = ([0, 1] as const).map((axis): [number, number] => [
      offset[axis] - starts[axis]!,
      ends[axis]! - offset[axis] - values.shape[axis],
    ]);
    return {
      values: tf.pad(values, [...paddings, [0, 0], [0, 0]]),
      stride,
      offset: [starts[0]!, starts[1]!] as const,
    };
  });
}

function product(a: Pair, b: Pair): [number, number] {
  return [a[0] * b[0], a[1] * b[1]];
}
