/** The geometry of convolutions and pools, in one form for images and volumes. */
import * as tf from '@tensorflow/tfjs';

const { backend_util: util } = tf;

/** How windows lie along one spatial axis. */
export interface WindowAxis {
  readonly input: number;
  /** Number of windows. */
  readonly output: number;
  /** Positions in a window. */
  readonly taps: number;
  readonly stride: number;
  readonly dilation: number;
  /** Padding before the input and after it. */
  readonly before: number;
  readonly after: number;
}

export interface Windows {
  readonly axes: readonly WindowAxis[];
  readonly batch: number;
  readonly inChannels: number;
  readonly outChannels: number;
}

type Shape = readonly number[];
type Shape4D = [number, number, number, number];
type Shape5D = [number, number, number, number, number];
type Plane = ReturnType<typeof util.computeConv2DInfo>;
type Volume = ReturnType<typeof util.computeConv3DInfo>;

type Convolution2D = Pick<tf.Conv2DAttrs, 'strides' | 'pad' | 'dimRoundingMode'> &
  Partial<Pick<tf.Conv2DAttrs, 'dilations'>>;
type Convolution3D = Pick<tf.Conv3DAttrs, 'strides' | 'pad'> & Partial<Pick<tf.Conv3DAttrs, 'dilations'>>;
type Pool2D = tf.AvgPoolGradAttrs & Pick<tf.MaxPoolAttrs, 'dimRoundingMode'>;
type Pool3D = Pick<tf.MaxPool3DGradAttrs, 'filterSize' | 'strides' | 'pad' | 'dimRoundingMode'>;

/** @param x [batch, height, width, channels] @param filter [height, width, inChannels, outChannels or multiplier] */
export function convolution2D(
  x: Shape,
  filter: Shape,
  attributes: Convolution2D,
  depthwise = false,
): Windows {
  const { strides, pad, dilations = 1, dimRoundingMode } = attributes;
  return ofPlane(
    util.computeConv2DInfo(
      x as Shape4D,
      filter as Shape4D,
      strides,
      dilations,
      pad,
      dimRoundingMode,
      depthwise,
    ),
  );
}

/** @param x [batch, depth, height, width, channels] */
export function convolution3D(x: Shape, filter: Shape, attributes: Convolution3D): Windows {
  const { strides, pad, dilations = 1 } = attributes;
  return ofVolume(util.computeConv3DInfo(x as Shape5D, filter as Shape5D, strides, dilations, pad));
}

export function pool2D(x: Shape, { filterSize, strides, pad, dimRoundingMode }: Pool2D): Windows {
  return ofPlane(util.computePool2DInfo(x as Shape4D, filterSize, strides, 1, pad, dimRoundingMode));
}

export function pool3D(x: Shape, { filterSize, strides, pad, dimRoundingMode }: Pool3D): Windows {
  return ofVolume(util.computePool3DInfo(x as Shape5D, filterSize, strides, 1, pad, dimRoundingMode));
}

/** [batch, ...spatial, channels] of what the windows are laid over, and of what they give. */
export function inputShape({ batch, axes, inChannels }: Windows): number[] {
  return [batch, ...axes.map(({ input }) => input), inChannels];
}

export function outputShape({ batch, axes, outChannels }: Windows): number[] {
  return [batch, ...axes.map(({ output }) => output), outChannels];
}

/** Whether there is but one window, which holds the whole input and no padding. */
export function isGlobal({ axes }: Windows): boolean {
  return axes.every(
    ({ input, output, taps, before, after }) => output === 1 && taps === input && before === 0 && after === 0,
  );
}

function ofPlane(info: Plane): Windows {
  const { padInfo } = info;
  return {
    batch: info.batchSize,
    inChannels: info.inChannels,
    outChannels: info.outChannels,
    axes: [rows(info, padInfo), columns(info, padInfo)],
  };
}

function ofVolume(info: Volume): Windows {
  const { padInfo } = info;
  const layers = {
    input: info.inDepth,
    output: info.outDepth,
    taps: info.filterDepth,
    stride: info.strideDepth,
    dilation: info.dilationDepth,
    before: padInfo.front,
    after: padInfo.back,
  };
  return {
    batch: info.batchSize,
    inChannels: info.inChannels,
    outChannels: info.outChannels,
    axes: [layers, rows(info, padInfo), columns(info, padInfo)],
  };
}

function rows(info: Plane | Volume, pad: { readonly top: number; readonly bottom: number }): WindowAxis {
  return {
    input: info.inHeight,
    output: info.outHeight,
    taps: info.filterHeight,
    stride: info.strideHeight,
    dilation: info.dilationHeight,
    before: pad.top,
    after: pad.bottom,
  };
}

function columns(info: Plane | Volume, pad: { readonly left: number; readonly right: number }): WindowAxis {
  return {
    input: info.inWidth,
    output: info.outWidth,
    taps: info.filterWidth,
    stride: info.strideWidth,
    dilation: info.dilationWidth,
    before: pad.left,
    after: pad.right,
  };
}
