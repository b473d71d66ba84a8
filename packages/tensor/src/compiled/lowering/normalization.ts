/** Local response normalisation: y = x · s^−β with s = bias + α · Σ x² over the neighbouring channels. */
import type * as tf from '@tensorflow/tfjs';
import type { Value } from '../graph.ts';
import type { OnnxBuilder } from '../onnx/model.ts';
import type { Lower, Lowering } from './lowering.ts';

const lrn: Lower = ({ inputs, attributes, outputs: [y] }, to) => {
  const x = inputs.x!;
  const { power } = parts(x, attributes as unknown as tf.LRNAttrs, to);
  to.setPlanar(y!, to.onnx.node('Div', [to.planar(x), power]));
};

/** With g = dy / s^β: dx = g − 2αβ · x · Σ g · x / s over the neighbouring channels. */
const lrnGradient: Lower = ({ inputs, attributes, outputs: [dx] }, to) => {
  const { x, dy } = inputs as { x: Value; dy: Value };
  const options = attributes as unknown as tf.LRNGradAttrs;
  const { onnx } = to;
  const image = to.planar(x);
  const { scale, power } = parts(x, options, to);
  const direct = onnx.node('Div', [to.planar(dy), power]);
  const terms = onnx.node('Div', [onnx.node('Mul', [direct, image]), scale]);
  const factor = -2 * options.alpha * options.beta;
  const sums = sumOfNeighbours(terms, x, options.depthRadius, { factor, bias: 0 }, onnx);
  to.setPlanar(dx!, onnx.node('Add', [onnx.node('Mul', [image, sums]), direct]));
};

/** s and s^β; value and gradient share them. */
function parts(x: Value, { depthRadius, bias, alpha, beta }: tf.LRNAttrs, to: Lowering) {
  const { onnx } = to;
  const image = to.planar(x);
  const squares = onnx.node('Mul', [image, image]);
  const scale = sumOfNeighbours(squares, x, depthRadius, { factor: alpha, bias }, onnx);
  return { scale, power: power(scale, beta, onnx) };
}

/** bias + factor · sum, as a 1×1 convolution with a band matrix: average pooling over channels is slower. */
function sumOfNeighbours(
  image: string,
  { shape }: Value,
  radius: number,
  { factor, bias }: { readonly factor: number; readonly bias: number },
  onnx: OnnxBuilder,
): string {
  const channels = shape.at(-1)!;
  const band = onnx.initializer(`band ${channels} ${radius} ${factor}`, () => ({
    type: 'float32',
    dims: [channels, channels, 1, 1],
    values: Float32Array.from({ length: channels * channels }, (_, index) =>
      Math.abs(Math.floor(index / channels) - (index % channels)) <= radius ? factor : 0,
    ),
  }));
  const biases = () =>
    onnx.initializer(`biases ${channels} ${bias}`, () => ({
      type: 'float32',
      dims: [channels],
      values: new Float32Array(channels).fill(bias),
    }));
  return onnx.node('Conv', [image, band, ...(bias === 0 ? [] : [biases()])], { kernel_shape: [1, 1] });
}

/** Square roots are many times faster than a general power. */
function power(scale: string, exponent: number, onnx: OnnxBuilder): string {
  if (exponent === 1) return scale;
  if (exponent !== 0.5 && exponent !== 0.75) return onnx.node('Pow', [scale, onnx.scalar(exponent)]);
  const root = onnx.node('Sqrt', [scale]);
  return exponent === 0.5 ? root : onnx.node('Mul', [root, onnx.node('Sqrt', [root])]);
}

export const normalizationLowerings: Readonly<Record<string, Lower>> = { LRN: lrn, LRNGrad: lrnGradient };
