/** The stimuli that an input asks for, at the size that the model reads. */
import { findStimulus, stimulusOf, stimulusSet, type Dataset, type StimulusParameters } from '@fovea/data';
import type { HookedModel } from '@fovea/models';
import type { RunContext } from '../kind.ts';
import type { TuningInput } from './schema.ts';

export interface TestStimuli {
  /** Kind of stimulus, or name of a set that is not drawn. */
  readonly name: string;
  /** Whether `name` is a kind of stimulus. */
  readonly known: boolean;
  readonly set: Dataset;
  readonly split: string;
  /** Of each stimulus, as far as they vary or are columns of the set. */
  readonly parameters: readonly StimulusParameters[];
  /** Units of the parameters, by name; none for those that have none. */
  readonly units: Readonly<Record<string, string>>;
  readonly along: string;
  /** After which the parameter `along` begins again; null where it does not. */
  readonly period: number | null;
}

/** @throws DatasetError */
export async function testStimuli(
  input: TuningInput,
  model: HookedModel,
  { loadDataset }: Pick<RunContext, 'loadDataset'>,
): Promise<TestStimuli> {
  const set = input.dataset === null ? drawn(input, model) : await loadDataset(input.dataset);
  const [split, count] = Object.entries(set.splits)[0]!;
  const parameters = Array.from({ length: count }, (_, index) => set.entry(split, index).columns);
  const numbers = set.columns.filter(({ type }) => type === 'number').map(({ name }) => name);
  const usual = numbers.includes('orientation') ? 'orientation' : numbers[0];
  const along = input.along ?? usual ?? 'orientation';
  const stimulus = stimulusOf(set);
  return {
    name: stimulus?.name ?? set.name,
    known: stimulus !== null,
    set,
    split,
    parameters,
    units: Object.fromEntries(set.columns.map(({ name, unit = '' }) => [name, unit])),
    along,
    // Of images that are not drawn it is not known: their orientations are taken to go all the way round.
    period: along === 'orientation' ? (stimulus?.period ?? 360) : null,
  };
}

function drawn({ stimulus, parameters }: TuningInput, { preprocessing }: HookedModel) {
  const { height, width } = preprocessing;
  return stimulusSet({ stimulus, height, width, parameters: parameters ?? findStimulus(stimulus).usual });
}
