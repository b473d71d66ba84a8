/**
 * A compositional pattern producing network: a small network from the coordinates of a pixel to its colour, the
 * same for all pictures of a batch. https://distill.pub/2018/differentiable-parameterizations/#section-xy2rgb
 */
import { tf, type Random } from '@fovea/tensor';
import type { PictureSize } from './image.ts';
import { normalArray, sizeOf, type ParameterArray, type Parametrization } from './parametrization.ts';

/** Coordinates run from -√3 to √3, so that their standard deviation is 1. */
const reach = Math.sqrt(3);

export function cppnImage(
  { batch, height, width }: PictureSize,
  { hiddenChannels = 24, layers = 8, channels = 3 } = {},
): Parametrization {
  const widths = [2, ...Array.from({ length: layers }, () => hiddenChannels)];
  const points = coordinates(height, width);
  return {
    shape: [batch, height, width, channels],
    initial(random) {
      const hidden = widths.slice(1).flatMap((outputs, layer) => {
        const inputs = layer === 0 ? 2 : 2 * widths[layer]!;
        return [scaledArray([inputs, outputs], random), normalArray([outputs], 0.1, random)];
      });
      const last = [2 * hiddenChannels, channels];
      const zeros = { shape: last, values: new Float32Array(sizeOf(last)) };
      return [...hidden, zeros, normalArray([channels], 0.1, random)];
    },
    image(parameters) {
      const dense = (x: tf.Tensor2D, layer: number) =>
        tf.add<tf.Tensor2D>(tf.matMul(x, parameters[2 * layer] as tf.Tensor2D), parameters[2 * layer + 1]!);
      let net: tf.Tensor2D = tf.tensor2d(points, [height * width, 2]);
      for (let layer = 0; layer < layers; layer++) net = compositeActivation(dense(net, layer));
      const one = tf.reshape(tf.sigmoid(dense(net, layers)), [1, height, width, channels]);
      return tf.tile(one, [batch, 1, 1, 1]) as tf.Tensor4D;
    },
  };
}

/** (x, y) of each pixel, row after row. */
function coordinates(height: number, width: number): Float32Array {
  const along = (index: number, length: number) =>
    length === 1 ? 0 : reach * ((2 * index) / (length - 1) - 1);
  return Float32Array.from({ length: height * width * 2 }, (_, index) => {
    const pixel = index >> 1;
    return index % 2 === 0 ? along(pixel % width, width) : along(Math.floor(pixel / width), height);
  });
}

/** atan(x) and its square, each divided by its root mean square under normal inputs: twice the channels. */
function compositeActivation(x: tf.Tensor2D): tf.Tensor2D {
  const bounded = tf.atan(x);
  return tf.concat([tf.div(bounded, 0.67), tf.div(tf.square(bounded), 0.6)], 1);
}

/** TensorFlow's variance_scaling: a normal distribution cut at two deviations, of variance 1 / inputs. */
function scaledArray(shape: readonly [number, number], random: Random): ParameterArray {
  const deviationLostByCutting = 0.87962566103423978;
  const deviation = Math.sqrt(1 / shape[0]) / deviationLostByCutting;
  const cutNormal = (): number => {
    const drawn = random.normal();
    return Math.abs(drawn) <= 2 ? drawn : cutNormal();
  };
  return { shape, values: Float32Array.from({ length: sizeOf(shape) }, () => deviation * cutNormal()) };
}
