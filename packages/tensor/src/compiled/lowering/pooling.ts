/** Pools of images and volumes with their gradients. */
import { sizeOf, type KernelNode, type Value } from '../graph.ts';
import { isGlobal, pool2D, pool3D, type WindowAxis, type Windows } from '../windows.ts';
import { toPlanar } from './layout.ts';
import type { Lower, Lowering } from './lowering.ts';
import { poolAttributes, transposedAttributes } from './windows.ts';

type Geometry = (x: readonly number[], attributes: never) => Windows;

const averagePool =
  (geometry: Geometry): Lower =>
  ({ inputs, attributes, outputs: [y] }, to) => {
    const windows = geometry(inputs.x!.shape, attributes as never);
    const x = to.planar(inputs.x!);
    const pooled = isGlobal(windows)
      ? to.onnx.node('GlobalAveragePool', [x])
      : to.onnx.node('AveragePool', [x], { ...poolAttributes(windows), count_include_pad: 0 });
    to.setPlanar(y!, pooled);
  };

/** Each window's dy by the positions of the input inside it, spread over them. */
const averagePoolGradient =
  (geometry: Geometry): Lower =>
  ({ inputs, attributes, outputs: [dx] }, to) => {
    const { dy } = inputs as { dy: Value };
    const windows = geometry(dx!.shape, attributes as never);
    const { onnx } = to;
    if (isGlobal(windows)) {
      const share = onnx.node('Mul', [to.planar(dy), onnx.scalar(1 / sizeOf(dx!.shape.slice(1, -1)))]);
      return to.setPlanar(dx!, onnx.node('Expand', [share, onnx.integers(toPlanar(dx!.shape))]));
    }
    const shares = onnx.node('Mul', [to.planar(dy), windowShares(windows, to)]);
    const group = windows.inChannels;
    return to.setPlanar(
      dx!,
      onnx.node('ConvTranspose', [shares, ones(windows, to)], transposedAttributes(windows, group)),
    );
  };

/** 1 by the number of input positions in each window, [...outputs]. */
function windowShares({ axes }: Windows, { onnx }: Lowering): string {
  const counts = axes.map(({ input, output, taps, stride, before }) =>
    Array.from({ length: output }, (_, window) => {
      const start = window * stride - before;
      return Math.min(start + taps, input) - Math.max(start, 0);
    }),
  );
  const shares = counts.reduce((product, axis) => product.flatMap((a) => axis.map((b) => a / b)), [1]);
  return onnx.initializer(`window shares ${JSON.stringify(axes)}`, () => ({
    type: 'float32',
    dims: axes.map(({ output }) => output),
    values: Float32Array.from(shares),
  }));
}

function ones({ axes, inChannels }: Windows, { onnx }: Lowering): string {
  const dims = [inChannels, 1, ...axes.map(({ taps }) => taps)];
  return onnx.initializer(`ones ${dims.join()}`, () => ({
    type: 'float32',
    dims,
    values: new Float32Array(sizeOf(dims)).fill(1),
  }));
}

/** A max-pool whose gradient is asked for, too, is computed in the form that the gradient needs. */
const maxPool =
  (geometry: Geometry): Lower =>
  (node, to) => {
    const x = node.inputs.x!;
    const windows = geometry(x.shape, node.attributes as never);
    const pooled = hasGradient(node, windows, geometry, to)
      ? maximaForGradient(x, windows, to).maxima
      : to.onnx.node('MaxPool', [to.planar(x)], poolAttributes(windows));
    to.setPlanar(node.outputs[0]!, pooled);
  };

function hasGradient({ inputs }: KernelNode, windows: Windows, geometry: Geometry, to: Lowering): boolean {
  return to.consumers(inputs.x!).some(({ kernel, inputs: { input }, attributes }) => {
    if (!kernel.startsWith('MaxPool') || !kernel.endsWith('Grad') || input !== inputs.x) return false;
    return JSON.stringify(geometry(input!.shape, attributes as never)) === JSON.stringify(windows);
  });
}

const maxPoolGradient =
  (geometry: Geometry): Lower =>
  ({ inputs, attributes, outputs: [dx] }, to) => {
    const { dy, input } = inputs as { dy: Value; input: Value };
    const windows = geometry(input.shape, attributes as never);
    const { gradient } = maximaForGradient(input, windows, to);
    to.setPlanar(dx!, gradient(to.planar(dy)));
  };

interface Maxima {
  readonly maxima: string;
  /** Gives each window's gradient to the first of its maxima. @param dy planar */
  readonly gradient: (dy: string) => string;
}

function maximaForGradient(x: Value, windows: Windows, to: Lowering): Maxima {
  return windows.axes.length === 2 && windows.axes.every(({ stride }) => stride === 1)
    ? separableMaxima(x, windows, to)
    : indexedMaxima(x, windows, to);
}

/** By the indices of the maxima. ONNX's MaxUnpool would be wrong where windows overlap. */
function indexedMaxima(x: Value, windows: Windows, to: Lowering): Maxima {
  const { onnx } = to;
  const [maxima, indices] = onnx.nodeOf('MaxPool', [to.planar(x)], poolAttributes(windows), 2);
  return {
    maxima: maxima!,
    gradient(dy) {
      const flat = (name: string) => onnx.reshape(name, [-1]);
      const operands = [onnx.zeros([sizeOf(x.shape)]), flat(indices!), flat(dy)];
      const sums = onnx.node('ScatterElements', operands, { axis: 0, reduction: 'add' });
      return onnx.reshape(sums, toPlanar(x.shape));
    },
  };
}

/**
 * One axis after the other, by comparison with the maxima: at stride 1, where every position is in many windows,
 * scattering by indices takes three times as long. The first maximum of a row's first maximum is the window's.
 */
function separableMaxima(x: Value, { axes }: Windows, to: Lowering): Maxima {
  const [rows, columns] = axes as [WindowAxis, WindowAxis];
  const input = to.planar(x);
  const alongRows = maximaAlong(input, columns, 3, to);
  const maxima = maximaAlong(alongRows, rows, 2, to);
  return {
    maxima,
    gradient(dy) {
      const ofRows = gradientAlong({ x: alongRows, maxima, dy }, rows, 2, to);
      return gradientAlong({ x: input, maxima: alongRows, dy: ofRows }, columns, 3, to);
    },
  };
}

function maximaAlong(
  x: string,
  { taps, before, after }: WindowAxis,
  axis: 2 | 3,
  { onnx }: Lowering,
): string {
  const kernel_shape = axis === 2 ? [taps, 1] : [1, taps];
  const pads = axis === 2 ? [before, 0, after, 0] : [0, before, 0, after];
  return onnx.node('MaxPool', [x], { kernel_shape, pads, strides: [1, 1] });
}

/** Tap by tap: what the windows still have to give goes to those positions that equal their maximum. */
function gradientAlong(
  { x, maxima, dy }: { readonly x: string; readonly maxima: string; readonly dy: string },
  { input, output, taps, before }: WindowAxis,
  axis: number,
  { onnx }: Lowering,
): string {
  const pad = (name: string, front: number, back: number, value: number) => {
    if (front === 0 && back === 0) return name;
    const zeros = [0, 0, 0, 0];
    return onnx.pad(name, zeros.with(axis, front), zeros.with(axis, back), onnx.scalar(value));
  };
  const cut = (name: string, begin: number, end: number, length: number) =>
    begin === 0 && end === length ? name : onnx.slice(name, axis, begin, end);

  let left = dy;
  let sum: string | undefined;
  for (let tap = 0; tap < taps; tap++) {
    // Window w reads position w + offset.
    const offset = tap - before;
    let given = left;
    if (tap < taps - 1) {
      const [begin, end] = [Math.max(0, offset), Math.min(input, output + offset)];
      const read = pad(cut(x, begin, end, input), begin - offset, output + offset - end, lowest);
      given = onnx.node('Where', [onnx.node('Equal', [read, maxima]), left, onnx.scalar(0)]);
      left = onnx.node('Sub', [left, given]);
    }
    const [begin, end] = [Math.max(0, -offset), Math.min(output, input - offset)];
    const moved = pad(cut(given, begin, end, output), begin + offset, input - (end + offset), 0);
    sum = sum === undefined ? moved : onnx.node('Add', [sum, moved]);
  }
  return sum!;
}

/** Equal to no maximum: padding never is one. */
const lowest = -3e38;

export const poolingLowerings: Readonly<Record<string, Lower>> = {
  AvgPool: averagePool(pool2D),
  AvgPool3D: averagePool(pool3D),
  AvgPool3DGrad: averagePoolGradient(pool3D),
  AvgPoolGrad: averagePoolGradient(pool2D),
  MaxPool: maxPool(pool2D),
  MaxPool3D: maxPool(pool3D),
  MaxPool3DGrad: maxPoolGradient(pool3D),
  MaxPoolGrad: maxPoolGradient(pool2D),
};
