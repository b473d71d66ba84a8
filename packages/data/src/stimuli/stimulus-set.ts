/** A dataset of stimuli: every combination of the values that its parameters are given, drawn when asked for. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { checkIndex } from '../check-index.ts';
import type { Column, Dataset, GeneratedDataset, ImageSize } from '../dataset.ts';
import { findStimulus } from './stimuli.ts';
import { badStimulusSet, combination, combinationCount, parsed, stimulusAxes } from './stimulus-axes.ts';
import type { Stimulus, StimulusParameters, StimulusValue } from './stimulus.ts';

const side = z.int().min(8).max(2048);
const value = z.union([z.number(), z.string(), z.boolean(), z.null()]);

export const stimulusSetSchema = z.strictObject({
  stimulus: z.string().describe('Kind of stimulus: rounded-corner, grating, ...'),
  height: side.default(224).describe('Of the images, in pixels'),
  width: side.default(224).describe('Of the images, in pixels'),
  parameters: z
    .record(z.string(), z.union([value, z.array(value).min(1).readonly()]))
    .default({})
    .describe('A value, or a list of values, for each parameter that is not to have its default'),
});

export type StimulusSetSpecification = z.input<typeof stimulusSetSchema>;

/** Beyond these, fewer values say as much. */
const largestSet = 1_000_000;

export interface StimulusSet extends GeneratedDataset {
  readonly stimulus: Stimulus;
  /** All that the stimulus at an index is drawn from. */
  parameters(index: number): StimulusParameters;
}

/**
 * The images are in the split `all`; the last of the stimulus's parameters changes fastest. The parameters that are given
 * are its columns.
 * @throws DatasetError UNKNOWN_STIMULUS, BAD_STIMULUS_SET
 */
export function stimulusSet(specification: StimulusSetSpecification): StimulusSet {
  const { stimulus: name, height, width, parameters: given } = parsed(stimulusSetSchema, specification);
  const stimulus = findStimulus(name);
  const axes = stimulusAxes(stimulus, given);
  const size = combinationCount(axes);
  if (size > largestSet)
    throw badStimulusSet(
      `has ${size} combinations of values; ${largestSet} are the most: leave some values out`,
    );

  const imageSize: ImageSize = { height, width };
  const splits = { all: size };
  const digest = createHash('sha256')
    .update(JSON.stringify([name, stimulus.version, height, width, axes]))
    .digest('hex');
  const columns = columnsOf(stimulus, Object.keys(given));
  const parameters = (index: number) => combination(axes, index);
  return {
    name,
    stimulus,
    digest,
    description: stimulus.description,
    license: 'Apache-2.0',
    source: 'Drawn by Fovea',
    classes: [],
    splits,
    columns,
    imageSize,
    parameters,
    entry(split, index) {
      checkIndex({ name, splits }, split, index);
      const values = parameters(index);
      const shown = columns.map((column) => [column.name, shownValue(values[column.name]!)] as const);
      return { id: `${index}`, label: null, ...imageSize, columns: Object.fromEntries(shown) };
    },
    image(split, index) {
      checkIndex({ name, splits }, split, index);
      const pixels = stimulus.draw(imageSize, parameters(index));
      return { encoding: 'raw', channels: 3, ...imageSize, pixels };
    },
    close: async () => undefined,
  };
}

/** What a dataset shows, if it was drawn as a stimulus set. */
export const stimulusOf = (dataset: Dataset): Stimulus | null =>
  (dataset as Partial<StimulusSet>).stimulus ?? null;

function columnsOf({ parameters }: Stimulus, given: readonly string[]): Column[] {
  const shown = Object.entries(parameters).filter(([key]) => given.includes(key));
  return shown.map(([key, schema]) => ({
    name: key,
    type: typeof schema.parse(undefined) === 'number' ? 'number' : 'text',
    unit: schema.meta()?.unit as string | undefined,
    description: schema.description,
  }));
}

const shownValue = (value: StimulusValue): number | string | null =>
  typeof value === 'boolean' ? String(value) : value;
