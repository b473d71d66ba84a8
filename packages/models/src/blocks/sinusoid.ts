import { tf } from '@fovea/tensor';
import { node, type Node } from '../graph.ts';

/** Of the wavelengths; Vaswani et al., "Attention Is All You Need", 2017. */
const longest = 10_000;

export interface SinusoidOptions {
  readonly channels: number;
  /** Frequency i of n is 10000^(−i / (n − shift)): with 1, the last is 1/10000 exactly. Default 0. */
  readonly shift?: 0 | 1;
  /** Which half of the channels comes first. */
  readonly first: 'sin' | 'cos';
}

/** A time [] as sines and cosines of n = channels / 2 frequencies: [channels]. */
export function sinusoid(time: Node, { channels, shift = 0, first }: SinusoidOptions): Node {
  const count = channels / 2;
  const frequencies = Float32Array.from(
    { length: count },
    (_, index) => longest ** (-index / (count - shift)),
  );
  return node(
    {
      kind: 'sinusoid',
      compute: ([value]) => {
        const angles = value!.toFloat().expandDims(-1).mul(tf.tensor1d(frequencies));
        const halves = [angles.sin(), angles.cos()];
        return tf.concat(first === 'sin' ? halves : halves.toReversed(), -1);
      },
    },
    [time],
    [channels],
  );
}
