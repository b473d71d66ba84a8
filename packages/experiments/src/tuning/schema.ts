/**
 * How units are tuned to the parameters of stimuli: a curve detector to the orientation and radius of a curve, a Gabor-like
 * unit to orientation and wavelength. The response to a stimulus is the largest value in the middle of the layer.
 */
import { findStimulus, stimuli } from '@fovea/data/stimuli';
import { z } from 'zod';
import { engineSchema } from '../engine-schema.ts';
import { checkObjective } from '../feature-visualization/check.ts';
import type { DatasetInfo, InputIssue, KindSchema, ModelInfo } from '../kind-schema.ts';

const scalar = z.union([z.number(), z.string(), z.boolean(), z.null()]);

const degreesFrom0 = (step: number) => Array.from({ length: 360 / step }, (_, index) => index * step);

export const tuningInput = z
  .strictObject({
    model: z
      .string()
      .min(1)
      .max(200)
      .describe('Name of a registered model')
      .meta({ title: 'Model', group: 'Target', widget: 'model' }),
    layers: z
      .array(z.string().min(1).max(300).meta({ widget: 'layer' }))
      .min(1)
      .max(100)
      .refine((layers) => new Set(layers).size === layers.length, 'Each layer once')
      .describe('Hook points of the model, such as Mixed_5b; all of their channels are tested')
      .meta({ title: 'Layers', group: 'Target', widget: 'layers' }),
    stimulus: z
      .enum(stimuli.map(({ name }) => name))
      .default('rounded-corner')
      .describe('Kind of stimulus, drawn at the size that the model reads')
      .meta({ title: 'Stimulus', group: 'Stimuli' }),
    parameters: z
      .record(z.string(), z.union([scalar, z.array(scalar).min(1).max(2000)]))
      .nullable()
      .default(null)
      .describe(
        'A value or a list of values for each parameter of the stimulus that is not to have its default, such as { "orientation": [0, 90], "radius": [10, 20] }; null for the usual ones of the stimulus',
      )
      .meta({ title: 'Parameters', group: 'Stimuli' }),
    along: z
      .string()
      .min(1)
      .max(100)
      .nullable()
      .default(null)
      .describe(
        'Parameter along which the curves run; orientation, or else the first that varies, if left empty',
      )
      .meta({ title: 'Along', group: 'Stimuli', advanced: true }),
    dataset: z
      .string()
      .min(1)
      .max(64)
      .nullable()
      .default(null)
      .describe(
        'A registered stimulus set in place of the stimuli above: its columns of numbers are their parameters',
      )
      .meta({ title: 'Stimulus set', group: 'Stimuli', widget: 'dataset', advanced: true }),
    window: z
      .int()
      .min(1)
      .max(1000)
      .default(5)
      .describe(
        'Side of the square of positions in the middle of the layer of which the largest value counts',
      )
      .meta({ title: 'Window', group: 'Response', unit: 'positions' }),
    batch: z
      .int()
      .min(1)
      .max(256)
      .default(8)
      .describe('Stimuli that are shown at once; results do not depend on it')
      .meta({ title: 'Batch', group: 'Response', unit: 'images', advanced: true }),
  })
  .superRefine((input, context) => {
    const fault = input.dataset === null ? faultOfParameters(input) : null;
    if (fault) context.addIssue({ code: 'custom', ...fault });
  });

export type TuningInput = z.infer<typeof tuningInput>;

const finite = z.number().nullable();

/** Of a unit, for its page. Responses are rounded to five digits. */
export const tuningEvidence = z.strictObject({
  stimulus: z.string().describe('Kind of stimulus, or name of the stimulus set'),
  window: z.int().describe('Side of the square of positions of which the largest value counts'),
  along: z.strictObject({
    parameter: z.string().describe('Along which the curves run'),
    unit: z.string().describe('Of its values; empty where they have none'),
    period: finite.describe('After which they begin again, in their unit; null where they do not'),
    values: z.array(z.number()),
  }),
  curve: z.array(finite).describe('At each value, the strongest response, whatever the other parameters are'),
  curvesBy: z
    .array(
      z.strictObject({
        parameter: z.string(),
        unit: z.string(),
        values: z.array(scalar),
        curves: z.array(z.array(finite)),
      }),
    )
    .describe('The curves at each value of each other parameter that varies'),
  best: z.record(z.string(), scalar).describe('Parameters of the stimulus with the strongest response'),
  statistics: z
    .strictObject({
      R: z.number(),
      peakDeg: finite,
      peak: z.number(),
      fwhm: z.number(),
      echo: z.number(),
      selectivity: z.number().describe('R, less for units that fire less than the median of the layer'),
    })
    .nullable()
    .describe('Of the curve, where it runs along an orientation'),
});

export type TuningEvidence = z.infer<typeof tuningEvidence>;

export const tuningResult = z.strictObject({
  stimuli: z.int().describe('How many were shown'),
  engine: engineSchema
    .nullable()
    .describe('On what the responses were computed; null where an earlier attempt had computed all'),
  layers: z.array(
    z.strictObject({
      layer: z.string(),
      units: z.int(),
      mostSelective: z
        .array(
          z.strictObject({
            unit: z.int(),
            selectivity: z.number(),
            R: z.number(),
            peakDeg: finite,
            peak: z.number(),
            fwhm: z.number(),
            echo: z.number(),
          }),
        )
        .describe('Ten units, the most selective first; none where the curves run along no orientation'),
    }),
  ),
});

export type TuningResult = z.infer<typeof tuningResult>;

export const tuningSchema: KindSchema<TuningInput, TuningResult> = {
  name: 'tuning',
  title: 'Tuning to stimuli',
  description: 'Shows drawn stimuli to a network and finds to which parameters of them its units are tuned',
  version: 1,
  input: tuningInput,
  result: tuningResult,
  steps: (input) => Math.ceil(stimulusCount(input) / input.batch),
  stepSize: (input) => input.batch,
  model: (input) => input.model,
  dataset: (input) => input.dataset,
  check: checkInput,
  presets: {
    'curve-detectors': {
      stimulus: 'rounded-corner',
      parameters: { orientation: degreesFrom0(5), radius: [10, 20, 30, 40, 60, 80, 120] },
    },
    'curve-circuits': {
      stimulus: 'rounded-corner',
      parameters: { orientation: degreesFrom0(0.5), radius: [10, 20, 30, 40, 60, 80, 120] },
    },
    gratings: { stimulus: 'grating', parameters: null },
    gabors: { stimulus: 'gabor', parameters: null },
    lines: { stimulus: 'line', parameters: null },
    'high-low-frequency': { stimulus: 'high-low-frequency', parameters: null },
  },
};

/** Of a stimulus set it is not known here. */
function stimulusCount({ stimulus, parameters, dataset }: TuningInput): number {
  if (dataset !== null) return 1;
  const lists = Object.values(parameters ?? findStimulus(stimulus).usual);
  return lists.reduce<number>((product, values) => product * (Array.isArray(values) ? values.length : 1), 1);
}

/** So many that the responses of a wide layer still fit into memory. */
const mostStimuli = 20_000;

function faultOfParameters(input: TuningInput): { path: (string | number)[]; message: string } | null {
  const { stimulus, parameters, along } = input;
  const known = findStimulus(stimulus).parameters;
  for (const [name, given] of Object.entries(parameters ?? {})) {
    const schema = known[name];
    if (!schema)
      return {
        path: ['parameters', name],
        message: `A ${stimulus} has no parameter ${name}; it has ${Object.keys(known).join(', ')}`,
      };
    for (const value of [given].flat()) {
      const { error } = schema.safeParse(value);
      if (error) return { path: ['parameters', name], message: error.issues[0]!.message };
    }
  }
  if (along !== null && typeof known[along]?.parse(undefined) !== 'number')
    return { path: ['along'], message: `A ${stimulus} has no number called ${along} to draw curves along` };
  const count = stimulusCount(input);
  if (count > mostStimuli)
    return { path: ['parameters'], message: `These are ${count} stimuli; ${mostStimuli} are the most` };
  return null;
}

function checkInput(
  { layers, dataset, along }: TuningInput,
  model: ModelInfo,
  set?: DatasetInfo | null,
): readonly InputIssue[] {
  const picture = { width: 1, height: 1, alpha: false };
  const ofLayers = layers.flatMap((layer, index) =>
    checkObjective({ type: 'channel', layer, channel: 0 }, picture, model).map((issue) => ({
      ...issue,
      path: ['layers', index],
    })),
  );
  return dataset === null || !set ? ofLayers : [...ofLayers, ...checkSet(set, along ?? 'orientation')];
}

function checkSet({ name, columns }: DatasetInfo, along: string): InputIssue[] {
  const numbers = columns.filter(({ type }) => type === 'number').map((column) => column.name);
  if (numbers.includes(along)) return [];
  const has =
    numbers.length > 0 ? `its columns of numbers are ${numbers.join(', ')}` : 'it has no columns of numbers';
  return [
    {
      code: 'unknown_column',
      path: ['dataset'],
      message: `${name} has no column ${along} to draw curves along: ${has}`,
      nearest: numbers,
    },
  ];
}
