/** All learned values of a network in one array, so that an update and an exchange between threads are one loop. */
import { toCheckpoint, toEngine, type Network, type TensorSpec, type Weights } from '@fovea/models';
import { randomFor, type Random, type tf } from '@fovea/tensor';

/** The network's tensors one after another, in its own order and in the checkpoint's layout. */
export type Parameters = Float32Array;

const valuesIn = (shape: readonly number[]) => shape.reduce((product, length) => product * length, 1);

/** Calls `visit` with each tensor's part of the array; the parts are views. */
export function eachTensor(
  network: Network,
  parameters: Parameters,
  visit: (tensor: TensorSpec, values: Float32Array) => void,
): void {
  let start = 0;
  for (const tensor of network.tensors) {
    const end = start + valuesIn(tensor.shape);
    visit(tensor, parameters.subarray(start, end));
    start = end;
  }
}

/**
 * Convolutions normal with variance 2 / fan-in (He et al., "Delving Deep into Rectifiers", 2015), large ones
 * smooth, so that what they learn is not seen through noise. Biases and fully connected layers are zero, so
 * that training starts with every class equally likely.
 * @param seed the same seed gives the same values
 */
export function initialParameters(network: Network, seed: number): Parameters {
  const parameters = new Float32Array(network.parameters);
  const random = randomFor(seed, 0, 'initial parameters');
  eachTensor(network, parameters, ({ shape }, values) => {
    const [, inChannels, height, width] = shape;
    if (inChannels === undefined || height === undefined || width === undefined) return;
    const deviation = Math.sqrt(2 / (inChannels * height * width));
    const size = height * width;
    for (let start = 0; start < values.length; start += size) {
      values.set(height < 5 ? noise(random, size) : smoothNoise(random, height, width), start);
    }
    for (let i = 0; i < values.length; i++) values[i] = deviation * values[i]!;
  });
  return parameters;
}

function noise(random: Random, size: number): Float32Array {
  return Float32Array.from({ length: size }, () => random.normal());
}

/** Unit normal values, each correlated with its neighbours: white noise under the window [1 2 1] × [1 2 1]. */
function smoothNoise(random: Random, height: number, width: number): Float32Array {
  const across = width + 2;
  const white = noise(random, (height + 2) * across);
  const window = [1, 2, 1].flatMap((a, dy) => [1, 2, 1].map((b, dx) => ({ weight: (a * b) / 6, dy, dx })));
  return Float32Array.from({ length: height * width }, (_, i) => {
    const [y, x] = [Math.floor(i / width), i % width];
    return window.reduce((sum, { weight, dy, dx }) => sum + weight * white[(y + dy) * across + x + dx]!, 0);
  });
}

/** What `runNetwork` reads. The caller frees it, by `disposeWeights`. */
export function toWeights(network: Network, parameters: Parameters): Weights {
  const weights = new Map<string, tf.Tensor>();
  eachTensor(network, parameters, (tensor, values) => weights.set(tensor.name, toEngine(tensor, values)));
  return weights;
}

/** Tensors in the engine's layout, in the network's order → one array. */
export async function toParameters(network: Network, tensors: readonly tf.Tensor[]): Promise<Parameters> {
  const stored = await Promise.all(network.tensors.map((spec, i) => toCheckpoint(spec, tensors[i]!)));
  const parameters = new Float32Array(network.parameters);
  let ordinal = 0;
  eachTensor(network, parameters, (_tensor, values) => values.set(stored[ordinal++]!.values));
  return parameters;
}
