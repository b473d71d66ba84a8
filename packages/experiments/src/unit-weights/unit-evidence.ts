/** The evidence of single units, from the weights of a whole layer. */
import {
  inputWeights,
  kernelBetween,
  oneSidedFactors,
  outputWeights,
  partOf,
  relatedByWeights,
  strengthsOf,
  strongestInputs,
  strongestOutputs,
  type Connection,
  type EffectiveWeights,
  type OneSidedFactors,
  type RankingOptions,
  type UnitMatrix,
} from '@fovea/interp';
import type { UnitFinding } from '../kind.ts';
import type { UnitConnection, UnitWeights, WeightFactors, WeightKernel } from './evidence.ts';

export type Direction = UnitWeights['direction'];

export interface Choice {
  readonly ranking: RankingOptions;
  readonly factors: boolean;
  readonly path: string | null;
}

/** Units of the same layer told in the evidence. */
const mostAlike = 10;
/** Units told of each factor. */
const mostInFactor = 5;

/** A finding, and the maps of its factors for the view of the whole layer. */
export interface UnitOfLayer {
  readonly finding: UnitFinding;
  readonly factors: (OneSidedFactors & Pick<UnitMatrix, 'height' | 'width'>) | null;
}

/** Of every unit of the layer on the side of `direction`, in order. */
export function* unitsOfLayer(
  weights: EffectiveWeights,
  direction: Direction,
  choice: Choice,
): Generator<UnitOfLayer> {
  const strengths = strengthsOf(weights);
  const isInputs = direction === 'inputs';
  const [units, other] = isInputs ? [weights.outputs, weights.from] : [weights.inputs, weights.to];
  const alike = isInputs ? relatedByWeights(weights, mostAlike) : undefined;
  for (let channel = 0; channel < units; channel++) {
    const matrix = isInputs ? inputWeights(weights, channel) : outputWeights(weights, channel);
    const strongest = isInputs
      ? strongestInputs(strengths, channel, choice.ranking)
      : strongestOutputs(strengths, channel, choice.ranking);
    const connect = (connection: Connection): UnitConnection =>
      isInputs
        ? connectionOf(
            connection,
            weights,
            connection.channel,
            channel,
            branchOfSource(weights, connection.channel),
          )
        : connectionOf(
            connection,
            weights,
            channel,
            connection.channel,
            partOf(weights, connection.channel).part.name,
          );
    const excitatory = strongest.excitatory.map(connect);
    const inhibitory = strongest.inhibitory.map(connect);
    const factors = choice.factors ? oneSidedFactors(matrix) : null;
    const data: UnitWeights = {
      direction,
      other,
      path: choice.path,
      excitatory,
      inhibitory,
      largest: largestIn([...excitatory, ...inhibitory].map(({ kernel }) => kernel)),
      factors: factors && factorsOf(factors, matrix),
      alike: (alike?.[channel] ?? []).map((unit) => ({ ...unit, correlation: rounded(unit.correlation) })),
    };
    yield {
      finding: { channel, data, measures: measuresOf(matrix, direction, weights, strengths, channel) },
      factors: factors && { ...factors, height: matrix.height, width: matrix.width },
    };
  }
}

function connectionOf(
  { channel, l2, sum }: Connection,
  weights: EffectiveWeights,
  input: number,
  output: number,
  branch: string,
): UnitConnection {
  const { height, width } = partOf(weights, output).part;
  return {
    channel,
    branch,
    l2: rounded(l2),
    sum: rounded(sum),
    kernel: kernelOf(kernelBetween(weights, input, output), height, width),
  };
}

export function kernelOf(values: Float32Array, height: number, width: number): WeightKernel {
  return { height, width, values: Array.from(values, rounded) };
}

export function largestIn(kernels: readonly WeightKernel[]): number {
  return kernels.reduce(
    (most, { values }) => values.reduce((max, value) => Math.max(max, Math.abs(value)), most),
    0,
  );
}

function branchOfSource({ sources }: EffectiveWeights, channel: number): string {
  return sources.find(({ start, count }) => channel >= start && channel < start + count)!.name;
}

export function factorsOf(
  { channels, positions, residual }: OneSidedFactors,
  { height, width }: Pick<UnitMatrix, 'height' | 'width'>,
): WeightFactors {
  return {
    height,
    width,
    maps: positions.map((map) => Array.from(map, rounded)),
    channels: channels.map((shares) =>
      Array.from(shares, (share, channel) => ({ channel, share: rounded(share) }))
        .filter(({ share }) => share > 0)
        .sort((a, b) => b.share - a.share)
        .slice(0, mostInFactor),
    ),
    residual: rounded(residual),
  };
}

function measuresOf(
  { values }: UnitMatrix,
  direction: Direction,
  { inputs }: EffectiveWeights,
  { l2, sum }: ReturnType<typeof strengthsOf>,
  channel: number,
): Record<string, number> {
  const norm = Math.sqrt(values.reduce((squares, weight) => squares + weight * weight, 0));
  if (direction === 'outputs') return { 'weights.outputNorm': norm };
  let [exciting, all] = [0, 0];
  for (let index = channel * inputs; index < (channel + 1) * inputs; index++) {
    all += l2[index]!;
    if (sum[index]! > 0) exciting += l2[index]!;
  }
  return { 'weights.inputNorm': norm, 'weights.excitation': exciting / all };
}

/** To three digits: what a tile or a table shows. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
