/**
 * The gradient to a filter as one matrix product over all positions of all images: what each tap reads, by dy. As a
 * convolution, whose result would be no larger than the window, it takes twice as long.
 */
import { sizeOf, type Value } from '../graph.ts';
import type { WindowAxis, Windows } from '../windows.ts';
import type { Lowering } from './lowering.ts';

/** Values that what the taps read may have at most: it is as often as large as x as the window has taps. */
const mostGathered = 2 ** 25;

/** @returns [...taps, in, out], or undefined where it would take too much memory */
export function gatheredFilterGradient(x: Value, dy: Value, windows: Windows, to: Lowering): string | undefined {
  const { onnx } = to;
  const { axes, batch, inChannels } = windows;
  const positions = sizeOf(dy.shape.slice(0, -1));
  const taps = sizeOf(axes.map((axis) => axis.taps));
  const rows = taps * inChannels;
  if (rows * positions > mostGathered) return undefined;
  const space = axes.map((_, axis) => axis + 2);
  const padded = pad(onnx.transpose(to.planar(x), [1, 0, ...space]), axes, to);
  const reads = axes.reduce<string[]>(
    (names, axis, index) => names.flatMap((name) => readsAlong(name, index + 2, axis, to)),
    [padded],
  );
  const gathered = reads.length === 1 ? reads[0]! : onnx.node('Concat', reads, { axis: 0 });
  const operands = [
    onnx.reshape(gathered, [rows, positions]),
    onnx.reshape(to.natural(dy), [batch * sizeOf(axes.map(({ output }) => output)), dy.shape.at(-1)!]),
  ];
  const product = onnx.node('MatMul', operands);
  return onnx.reshape(product, [...axes.map((axis) => axis.taps), inChannels, dy.shape.at(-1)!]);
}

function pad(name: string, axes: readonly WindowAxis[], { onnx }: Lowering): string {
  const after = axes.map((axis) => Math.max(0, reachOf(axis) - axis.input - axis.before));
  if (axes.every(({ before }, index) => before === 0 && after[index] === 0)) return name;
  return onnx.pad(name, [0, 0, ...axes.map(({ before }) => before)], [0, 0, ...after], onnx.scalar(0));
}

/** How far the last window reaches, from where the first begins. */
function reachOf({ output, stride, taps, dilation }: WindowAxis): number {
  return (output - 1) * stride + (taps - 1) * dilation + 1;
}

/** What each tap reads along one axis, window after window. */
function readsAlong(name: string, axis: number, windows: WindowAxis, { onnx }: Lowering): string[] {
  const { taps, stride, dilation, output } = windows;
  return Array.from({ length: taps }, (_, tap) => {
    const begin = tap * dilation;
    return onnx.slice(name, axis, begin, begin + (output - 1) * stride + 1, stride);
  });
}
