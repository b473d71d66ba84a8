/** How strongly units are wired to each other: one number for a kernel, and the strongest of many. */
import { kernelBetween, type EffectiveWeights } from './effective-weights.ts';

export interface Strengths {
  readonly inputs: number;
  readonly outputs: number;
  /** The root of the sum of squares over each kernel: [outputs, inputs], row after row. */
  readonly l2: Float32Array;
  /** The signed sum over each kernel, alike: above zero where the input excites more than it inhibits. */
  readonly sum: Float32Array;
}

export function strengthsOf(weights: EffectiveWeights): Strengths {
  const { inputs, outputs } = weights;
  const [l2, sum] = [new Float32Array(inputs * outputs), new Float32Array(inputs * outputs)];
  for (let output = 0; output < outputs; output++)
    for (let input = 0; input < inputs; input++) {
      const strength = strengthOf(kernelBetween(weights, input, output));
      l2[output * inputs + input] = strength.l2;
      sum[output * inputs + input] = strength.sum;
    }
  return { inputs, outputs, l2, sum };
}

export interface Connection {
  /** Of the unit at the other end. */
  readonly channel: number;
  readonly l2: number;
  readonly sum: number;
}

export interface StrongestConnections {
  /** Whose signed sum is above zero, strongest first. */
  readonly excitatory: readonly Connection[];
  /** Whose signed sum is below zero, strongest first. */
  readonly inhibitory: readonly Connection[];
}

export interface RankingOptions {
  /** What strength is: the L2 norm of a kernel, or the absolute value of its sum. */
  readonly by: 'l2' | 'sum';
  /** What is weaker than this share of the unit's strongest is left out; 0.3 in "Visualizing Weights". */
  readonly share: number;
  /** Of each sign. */
  readonly most: number;
}

export const defaultRanking: RankingOptions = { by: 'l2', share: 0.3, most: 10 };

/** From which units of the source a unit of the target gets most. */
export function strongestInputs(
  strengths: Strengths,
  output: number,
  options: RankingOptions = defaultRanking,
): StrongestConnections {
  return ranked(
    Array.from({ length: strengths.inputs }, (_, input) => connection(strengths, input, output, input)),
    options,
  );
}

/** To which units of the target a unit of the source gives most. */
export function strongestOutputs(
  strengths: Strengths,
  input: number,
  options: RankingOptions = defaultRanking,
): StrongestConnections {
  return ranked(
    Array.from({ length: strengths.outputs }, (_, output) => connection(strengths, input, output, output)),
    options,
  );
}

/** Of the weights of one unit alone: [inputs, ...], row after row. */
export function strongestOf(
  { inputs, values }: { readonly inputs: number; readonly values: Float32Array },
  options: RankingOptions = defaultRanking,
): StrongestConnections {
  const size = values.length / inputs;
  return ranked(
    Array.from({ length: inputs }, (_, channel) => ({
      channel,
      ...strengthOf(values.subarray(channel * size, (channel + 1) * size)),
    })),
    options,
  );
}

function strengthOf(kernel: Float32Array): { l2: number; sum: number } {
  let [squares, sum] = [0, 0];
  for (const weight of kernel) {
    squares += weight * weight;
    sum += weight;
  }
  return { l2: Math.sqrt(squares), sum };
}

function connection(
  { inputs, l2, sum }: Strengths,
  input: number,
  output: number,
  channel: number,
): Connection {
  const index = output * inputs + input;
  return { channel, l2: l2[index]!, sum: sum[index]! };
}

function ranked(
  connections: readonly Connection[],
  { by, share, most }: RankingOptions,
): StrongestConnections {
  const strength = (each: Connection) => (by === 'l2' ? each.l2 : Math.abs(each.sum));
  const largest = connections.reduce((max, each) => Math.max(max, strength(each)), 0);
  const kept = connections
    .filter((each) => strength(each) > 0 && strength(each) >= share * largest)
    .sort((a, b) => strength(b) - strength(a) || a.channel - b.channel);
  return {
    excitatory: kept.filter(({ sum }) => sum > 0).slice(0, most),
    inhibitory: kept.filter(({ sum }) => sum < 0).slice(0, most),
  };
}
