/** Pools of images and volumes with their gradients. */
import { sizeOf, type KernelNode, type Value } from '../graph.ts';
import { isGlobal, pool2D, pool3D, type Windows } from '../windows.ts';
import { toPlanar } from './layout.ts';
import type { Lower, Lowering } from './lowering.ts';
import { maximaForGradient } from './max-pool.ts';
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
