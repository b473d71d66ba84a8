/** What each unit of a layer is built from, any number of layers before. */
import {
  expandedWeights,
  oneSidedFactors,
  strongestOf,
  type ExpandedWeights,
  type Linearization,
} from '@fovea/interp';
import type { HookedModel } from '@fovea/models';
import type { RunEvent, UnitFinding } from '../kind.ts';
import type { UnitExpandedWeights } from './evidence.ts';
import type { UnitWeightsInput } from './schema.ts';
import { factorsOf, kernelOf, largestIn, rounded } from './unit-evidence.ts';

/** Units told at a time. */
const chunk = 50;

export async function* expandedFindings(
  model: HookedModel,
  layer: string,
  input: UnitWeightsInput,
  linearization: Linearization,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  const given = input.expandedFrom!;
  const from = given === model.inputs[0]!.name ? given : model.hookPoint(given).name;
  const channels = Array.from({ length: model.hookPoint(layer).channels }, (_, channel) => channel);
  const about = { layer, kind: 'expanded-weights', subject: from };
  let findings: UnitFinding[] = [];
  for await (const expanded of expandedWeights(model, from, layer, channels, linearization)) {
    signal.throwIfAborted();
    findings.push({ channel: expanded.channel, data: expandedEvidence(expanded, input) });
    if (findings.length < chunk && expanded.channel < channels.length - 1) continue;
    yield { type: 'units', ...about, units: findings };
    findings = [];
  }
}

function expandedEvidence(
  { from, height, width, inputs, values }: ExpandedWeights,
  input: UnitWeightsInput,
): UnitExpandedWeights {
  const strongest = strongestOf(
    { inputs, values },
    { by: input.rankBy, share: input.share, most: input.most },
  );
  const kernel = (channel: number) =>
    kernelOf(values.subarray(channel * height * width, (channel + 1) * height * width), height, width);
  const [excitatory, inhibitory] = [strongest.excitatory, strongest.inhibitory].map((connections) =>
    connections.map(({ channel, l2, sum }) => ({
      channel,
      l2: rounded(l2),
      sum: rounded(sum),
      kernel: kernel(channel),
    })),
  ) as [UnitExpandedWeights['excitatory'], UnitExpandedWeights['inhibitory']];
  const matrix = { channels: inputs, positions: height * width, height, width, values };
  return {
    from,
    height,
    width,
    excitatory,
    inhibitory,
    largest: largestIn([...excitatory, ...inhibitory].map((connection) => connection.kernel)),
    factors: input.factors ? factorsOf(oneSidedFactors(matrix), matrix) : null,
  };
}
