/** Local response normalisation: y = x · s^−β with s = bias + α · Σ x² over the neighbouring channels. */
import type * as tf from '@tensorflow/tfjs';
import type { Value } from '../graph.ts';
import type { OnnxBuilder } from '../onnx/model.ts';
import type { Lower, Lowering } from './lowering.ts';

const lrn: Lower = ({ inputs, attributes, outputs: [y] }, to) => {
  const x = inputs.x!;
  const options = attributes as unknown as tf.LRNAttrs;
  const { power } = parts(x, options, to);
  to.setPlanar(y!, to.onnx.node('Mul', [to.planar(x), power]));
};

/** dx = dy · s^−β − 2αβ · x · Σ dy · y / s over the neighbouring channels. */
const lrnGradient: Lower = ({ inputs, attributes, outputs: [dx] }, to) => {
  const { x, dy } = inputs as { x: Value; dy: Value };
  const options = attributes as unknown as tf.LRNGradAttrs;
  const { onnx } = to;
  const [image, gradient] = [to.planar(x), to.planar(dy)];
  const { scale, power } = parts(x, options, to);
  const y = onnx.node('Mul', [image, power]);
  const terms = onnx.node('Div', [onnx.node('Mul', [gradient, y]), scale]);
  const sums = sumOfNeighbours(terms, x.shape.at(-1)!, options.depthRadius, onnx);
  const others = onnx.node('Mul', [
    onnx.node('Mul', [image, sums]),
    onnx.scalar(2 * options.alpha * options.beta),
  ]);
  to.setPlanar(dx!, onnx.node('Sub', [onnx.node('Mul', [gradient, power]), others]));
};

/** s and s^−β; value and gradient share them. */
function parts(x: Value, { depthRadius, bias, alpha, beta }: tf.LRNAttrs, to: Lowering) {
  const { onnx } = to;
  const image = to.planar(x);
  const squares = onnx.node('Mul', [image, image]);
  const sums = sumOfNeighbours(squares, x.shape.at(-1)!, depthRadius, onnx);
  const scale = onnx.node('Add', [onnx.node('Mul', [sums, onnx.scalar(alpha)]), onnx.scalar(bias)]);
  return { scale, power: onnx.node('Reciprocal', [power(scale, beta, onnx)]) };
}

/** As a 1×1 convolution with a band matrix: average pooling over channels is slower. */
function sumOfNeighbours(image: string, channels: number, radius: number, onnx: OnnxBuilder): string {
  const band = onnx.initializer(`band ${channels} ${radius}`, () => ({
    type: 'float32',
    dims: [channels, channels, 1, 1],
    values: Float32Array.from({ length: channels * channels }, (_, index) =>
      Math.abs(Math.floor(index / channels) - (index % channels)) <= radius ? 1 : 0,
    ),
  }));
  return onnx.node('Conv', [image, band], { kernel_shape: [1, 1] });
}

/** Square roots are many times faster than a general power. */
function power(scale: string, exponent: number, onnx: OnnxBuilder): string {
  if (exponent === 1) return scale;
  if (exponent !== 0.5 && exponent !== 0.75) return onnx.node('Pow', [scale, onnx.scalar(exponent)]);
  const root = onnx.node('Sqrt', [scale]);
  return exponent === 0.5 ? root : onnx.node('Mul', [root, onnx.node('Sqrt', [root])]);
}

export const normalizationLowerings: Readonly<Record<string, Lower>> = { LRN: lrn, LRNGrad: lrnGradient };
