/**
 * Feature visualization: an image that a unit of the network responds to most. Defaults are Lucid's; the other
 * tools' are presets. The seed belongs to the run, not to the input: the same input with another seed is the
 * same experiment repeated.
 */
import { z } from 'zod';
import { engineSchema } from '../engine-schema.ts';
import type { InputIssue, KindSchema, ModelInfo } from '../kind-schema.ts';
import { checkObjective } from './check.ts';
import { contradictionsOf } from './contradictions.ts';
import { firstLayerOf } from './expression-leaves.ts';
import { faultOfMeantReading } from './meant-reading.ts';
import { objectiveTreeSchema } from './objective-schema.ts';
import { ObjectiveSyntaxError, parseObjective } from './objective-shorthand.ts';
import { featureVisualizationPresets } from './presets.ts';
import { transformExpressionSchema, transformListNames } from './transform-schema.ts';

const shorthand = z
  .string()
  .min(1)
  // A longer one is not even read: its brackets could nest deeper than the stack.
  .max(2000, { abort: true })
  .superRefine((text, context) => {
    try {
      parseObjective(text);
    } catch (error) {
      if (!(error instanceof ObjectiveSyntaxError)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
    }
  })
  .meta({ title: 'Shorthand', examples: ['Mixed_5d:140'] });

const side = z.int().min(16).max(1024);

// `group` says where the form puts a field, `advanced` whether it hides it at first, `unit` what a number counts.
export const featureVisualizationInput = z
  .strictObject({
    model: z
      .string()
      .min(1)
      .max(200)
      .describe('Name of a registered model')
      .meta({ title: 'Model', group: 'Target', widget: 'model' }),
    objective: z
      .union([shorthand, objectiveTreeSchema], { error: faultOfMeantReading })
      .describe('What the picture maximises: layer:channel, sums and products of such, or an expression tree')
      .meta({ title: 'Objective', group: 'Target', widget: 'objective' }),
    width: side
      .default(128)
      .describe('Width of the picture')
      .meta({ title: 'Width', group: 'Picture', unit: 'px' }),
    height: side
      .default(128)
      .describe('Height of the picture')
      .meta({ title: 'Height', group: 'Picture', unit: 'px' }),
    batch: z
      .int()
      .min(1)
      .max(32)
      .default(1)
      .describe('Pictures that are optimised together')
      .meta({ title: 'Pictures', group: 'Picture' }),
    diversityWeight: z
      .number()
      .min(0)
      .max(100_000)
      .default(0)
      .describe('Penalty on pictures of a batch that resemble each other in the layer below; Lucid uses 100')
      .meta({ title: 'Diversity weight', group: 'Picture' }),
    diversityLayer: z
      .string()
      .min(1)
      .max(200)
      .nullable()
      .default(null)
      .describe("Layer in which pictures must differ; the objective's own if left empty")
      .meta({ title: 'Diversity layer', group: 'Picture', widget: 'layer', advanced: true }),
    steps: z
      .int()
      .min(1)
      .max(10_000)
      .default(513)
      .describe("Updates of the picture. 513 is Lucid's threshold 512, which it counts from 0")
      .meta({ title: 'Steps', group: 'Optimization', unit: 'updates' }),
    thresholds: z
      .array(z.int().min(0).max(9_999))
      .max(50)
      .default([])
      .describe(
        'Updates, counted from 0, after which an intermediate picture is kept; the last one always is',
      )
      .meta({ title: 'Thresholds', group: 'Optimization', advanced: true }),
    optimizer: z
      .enum(['adam', 'adamw', 'nadam', 'momentum', 'gradientDescent', 'lbfgs'])
      .default('adam')
      .describe('Rule of the updates')
      .meta({ title: 'Optimizer', group: 'Optimization' }),
    learningRate: z
      .number()
      .positive()
      .max(100)
      .default(0.05)
      .describe('Size of the updates')
      .meta({ title: 'Learning rate', group: 'Optimization' }),
    transforms: z
      .union([z.enum(transformListNames), z.array(transformExpressionSchema).max(40)], {
        error: faultOfMeantReading,
      })
      .default('lucid')
      .describe(
        'What the picture must be robust to: the list of a tool, or a list of your own, applied in order',
      )
      .meta({ title: 'Transforms', group: 'Optimization', widget: 'transforms' }),
    redirectedRelu: z
      .boolean()
      .default(true)
      .describe(
        'Lets gradient through dead ReLUs in the first 16 steps, where all of an example would vanish',
      )
      .meta({ title: 'Redirected ReLU', group: 'Optimization', advanced: true }),
    maxPoolGradient: z
      .enum(['exact', 'average', 'l2'])
      .default('exact')
      .describe('Smoother gradients of max pooling give fewer checkerboards')
      .meta({ title: 'Max-pool gradient', group: 'Optimization', advanced: true }),
    parametrization: z
      .enum(['fft', 'pixel', 'laplacian', 'lowres', 'cppn', 'maco'])
      .default('fft')
      .describe(
        'What is optimised: Fourier coefficients, pixels, a Laplacian pyramid, Fourier coefficients with low-resolution parts that the batch shares, a small network of the coordinates (cppn), or Fourier phases alone (maco)',
      )
      .meta({ title: 'Parametrization', group: 'Parametrization' }),
    decorrelate: z
      .boolean()
      .default(true)
      .describe('Optimises in a colour space in which the channels of natural images are uncorrelated')
      .meta({ title: 'Decorrelate colours', group: 'Parametrization' }),
    alpha: z
      .boolean()
      .default(false)
      .describe('Optimises transparency too, over random backgrounds')
      .meta({ title: 'Alpha channel', group: 'Parametrization' }),
    grayscale: z
      .boolean()
      .default(false)
      .describe('Optimises one brightness channel, shown to the network as grey')
      .meta({ title: 'Grayscale', group: 'Parametrization', advanced: true }),
    standardDeviation: z
      .number()
      .positive()
      .max(10)
      .default(0.01)
      .describe('Of the random start')
      .meta({ title: 'Initial deviation', group: 'Parametrization', advanced: true }),
    decayPower: z
      .number()
      .min(0)
      .max(4)
      .default(1)
      .describe('Fourier only: how much low frequencies are favoured')
      .meta({ title: 'Decay power', group: 'Parametrization', advanced: true }),
    gain: z
      .number()
      .positive()
      .max(16)
      .default(0.25)
      .describe("Fourier only: factor after the inverse transform; Lucid's is 1/4")
      .meta({ title: 'Fourier gain', group: 'Parametrization', advanced: true }),
    previewInterval: z
      .int()
      .min(0)
      .max(10_000)
      .default(16)
      .describe('Updates between previews; 0 for none')
      .meta({ title: 'Preview every', group: 'Output', unit: 'updates' }),
    checkpointInterval: z
      .int()
      .min(0)
      .max(10_000)
      .default(32)
      .describe('Updates between checkpoints, from which an interrupted run goes on; 0 for none')
      .meta({ title: 'Checkpoint every', group: 'Output', unit: 'updates', advanced: true }),
  })
  .superRefine((input, context) => {
    for (const { path, message } of contradictionsOf(input))
      context.addIssue({ code: 'custom', path: [...path], message });
  });

export type FeatureVisualizationInput = z.infer<typeof featureVisualizationInput>;

const finding = z.strictObject({
  code: z
    .enum([
      'dead_unit',
      'vanishing_gradient',
      'wrong_value_range',
      'saturated_picture',
      'no_progress',
      'assumed_spectrum',
    ])
    .describe('What went wrong, or what to keep in mind'),
  severity: z.enum(['problem', 'notice']),
  message: z.string().describe('What was seen, and what may help'),
});

export const featureVisualizationResult = z.strictObject({
  objective: z
    .strictObject({
      first: z.number().describe('Before any update'),
      last: z.number().describe('At the last update'),
      best: z.number().describe('Largest at any update'),
    })
    .describe('Value of the objective, on the transformed picture'),
  steps: z.int().describe('Updates made'),
  engine: engineSchema.describe('On what the steps were computed'),
  diagnosis: z
    .strictObject({
      status: z.enum(['ok', 'suspect']),
      findings: z.array(finding),
    })
    .describe('Why the picture may show nothing'),
  images: z.array(z.string()).describe('Names of the artifacts that hold the final pictures'),
});

export type FeatureVisualizationResult = z.infer<typeof featureVisualizationResult>;

export const featureVisualizationSchema: KindSchema<FeatureVisualizationInput, FeatureVisualizationResult> = {
  name: 'feature-visualization',
  title: 'Feature visualization',
  description: 'Optimises an image until a unit of the network responds to it most',
  version: 1,
  input: featureVisualizationInput,
  result: featureVisualizationResult,
  steps: (input) => input.steps,
  stepSize: (input) => input.width * input.height * input.batch,
  model: (input) => input.model,
  dataset: () => null,
  check: checkInput,
  presets: featureVisualizationPresets,
};

/** What only pictures in red, green and blue have. */
function checkColours(input: FeatureVisualizationInput, model: ModelInfo): InputIssue[] {
  const channels = model.preprocessing.mean.length;
  if (channels === 3) return [];
  const message = `${model.name} reads ${channels} channel${channels === 1 ? '' : 's'}, not red, green and blue`;
  const issue = (path: string): InputIssue => ({ code: 'not_rgb', path: [path], message, nearest: [] });
  return [
    ...(input.alpha ? [issue('alpha')] : []),
    ...(input.grayscale ? [issue('grayscale')] : []),
    ...(input.parametrization === 'maco' ? [issue('parametrization')] : []),
  ];
}

function checkInput(input: FeatureVisualizationInput, model: ModelInfo): readonly InputIssue[] {
  const objective = typeof input.objective === 'string' ? parseObjective(input.objective) : input.objective;
  const issues = checkObjective(objective, input, model);
  const placed = [
    ...checkColours(input, model),
    ...(typeof input.objective === 'string'
      ? issues.map((issue) => ({ ...issue, path: ['objective'] }))
      : issues),
  ];
  const layer = input.diversityLayer ?? firstLayerOf(objective);
  if (input.diversityWeight === 0 || layer === null) return placed;
  const ofDiversity = checkObjective({ type: 'diversity', layer }, input, model);
  return [...placed, ...ofDiversity.map((issue) => ({ ...issue, path: ['diversityLayer'] }))];
}
