/** Layers that end in a ReLU, with the values before it as hook points. */
import { hook, type Node } from '../graph.ts';
import type { Extent } from '../window.ts';
import { relu } from './activation.ts';
import { conv2d, type ConvolutionOptions } from './convolution.ts';
import { linear } from './linear.ts';
import { batchNorm } from './normalization.ts';

/** Convolution, ReLU. Reads the tensors of `conv2d`. Hook points: `<name>.pre_relu`, `<name>`. */
export function convRelu(
  x: Node,
  name: string,
  filters: number,
  size: Extent,
  { tensors = name, ...options }: ConvolutionOptions & { tensors?: string } = {},
): Node {
  return hook(name, relu(hook(`${name}.pre_relu`, conv2d(x, tensors, filters, size, options))));
}

/**
 * Convolution without bias, batch norm, ReLU. Reads `<name>.conv.weight` and the tensors of `batchNorm` under
 * `<name>.bn`. Hook points: `<name>.conv`, `<name>.pre_relu`, `<name>`.
 */
export function convNormRelu(
  x: Node,
  name: string,
  filters: number,
  size: Extent,
  { epsilon, ...options }: Omit<ConvolutionOptions, 'bias'> & { epsilon?: number } = {},
): Node {
  const convolved = conv2d(x, `${name}.conv`, filters, size, { ...options, bias: false });
  const normalized = batchNorm(hook(`${name}.conv`, convolved), `${name}.bn`, { epsilon });
  return hook(name, relu(hook(`${name}.pre_relu`, normalized)));
}

/** Fully connected, ReLU. Reads the tensors of `linear`. Hook points: `<name>.pre_relu`, `<name>`. */
export function linearRelu(x: Node, name: string, units: number, tensors = name): Node {
  return hook(name, relu(hook(`${name}.pre_relu`, linear(x, tensors, units))));
}
