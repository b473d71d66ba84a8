import {
  featureVisualization,
  type FeatureVisualizationResult as Visualization,
  type Picture,
} from '@fovea/interp';
import type { HookedModel } from '@fovea/models';
import { encodeNpy, encodePng, encodeSheetOrPng } from '../artifact-encoding.ts';
import { InvalidInputError } from '../input-error.ts';
import type { RunContext, RunEvent } from '../kind.ts';
import { engineOf } from './engine-of.ts';
import { formatObjective, parseObjective } from './objective-shorthand.ts';
import {
  featureVisualizationSchema,
  type FeatureVisualizationInput,
  type FeatureVisualizationResult,
} from './schema.ts';
import { settingsOf } from './settings.ts';

type Artifact = Extract<RunEvent, { type: 'artifact' }>;

/** @throws InvalidInputError where the input does not fit the model; what interp's featureVisualization throws */
export async function* runFeatureVisualization(
  input: FeatureVisualizationInput,
  context: RunContext,
): AsyncGenerator<RunEvent, FeatureVisualizationResult> {
  const { seed, signal, checkpoint, threads } = context;
  const model = await context.loadModel(input.model);
  const issues = featureVisualizationSchema.check(input, model);
  if (issues.length > 0) throw new InvalidInputError(issues);

  const steps = featureVisualization(model, settingsOf(input), { seed, signal, checkpoint, threads });
  const plain = aboutPictures(input, context, model);
  const visualization = yield* withFiles(steps, plain);
  const engine = engineOf(visualization.engine, context.provenance.backend);
  const about = { ...plain, backend: engine.backend };
  const findings = findingsOf(input, visualization);
  for (const { severity, message } of findings)
    yield { type: 'log', level: severity === 'problem' ? 'warning' : 'info', message };

  const images = yield* finalArtifacts(visualization, about);
  yield* dreamOf(input, model, images);
  const { trace } = visualization;
  const result: FeatureVisualizationResult = {
    objective: trace.objective,
    steps: trace.steps,
    engine,
    diagnosis: {
      status: findings.some(({ severity }) => severity === 'problem') ? 'suspect' : 'ok',
      findings,
    },
    images,
  };
  yield jsonArtifact('provenance.json', { ...about, input, result });
  return result;
}

/** A picture of what excites a layer as a whole belongs on the page of the layer. */
function* dreamOf(
  { objective }: FeatureVisualizationInput,
  model: HookedModel,
  pictures: string[],
): Generator<RunEvent> {
  const read = typeof objective === 'string' ? parseObjective(objective) : objective;
  // The picture itself counts as a layer to objectives, and to nobody else.
  if (read.type !== 'deepdream' || read.layer === 'input') return;
  const layer = model.hookPoint(read.layer).name;
  yield { type: 'layer', layer, kind: 'deepdream', subject: '', data: { pictures } };
}

/** What every artifact says of how it was made. */
function aboutPictures(
  input: FeatureVisualizationInput,
  { seed, provenance }: RunContext,
  model: HookedModel,
) {
  return {
    kind: featureVisualizationSchema.name,
    kindVersion: featureVisualizationSchema.version,
    objective: formatObjective(input.objective),
    seed,
    model: { name: model.name, digest: model.digest, preprocessing: model.preprocessing },
    ...provenance,
  };
}

async function* withFiles(
  visualization: ReturnType<typeof featureVisualization>,
  plain: ReturnType<typeof aboutPictures>,
): AsyncGenerator<RunEvent, Visualization> {
  let about = plain;
  for (;;) {
    const next = await visualization.next();
    if (next.done) return next.value;
    const event = next.value;
    if (event.type === 'engine') {
      const { backend, version, provider, notCompiled } = engineOf(event.engine, plain.backend);
      about = { ...plain, backend };
      const message = version
        ? `The steps are compiled and run on ${backend} ${version}, ${provider}`
        : `The steps run op by op on ${backend}: ${notCompiled}`;
      yield { type: 'log', level: 'info', message };
    } else if (event.type === 'progress') {
      const { step, total, objective } = event;
      yield { type: 'progress', step, total, loss: -objective };
    } else if (event.type === 'checkpoint') {
      yield event;
    } else if (event.reason === 'preview') {
      yield {
        type: 'preview',
        step: event.step + 1,
        mediaType: 'image/png',
        bytes: await encodeSheetOrPng(event.picture),
      };
    } else {
      const name = `threshold-${event.step}.png`;
      yield pngArtifact(name, await encodeSheetOrPng(event.picture), { ...about, threshold: event.step });
    }
  }
}

/** Yields the final files and returns the names of the pictures. */
async function* finalArtifacts(
  { picture, transparency }: Visualization,
  about: Record<string, unknown>,
): AsyncGenerator<RunEvent, string[]> {
  const batch = picture.shape[0];
  const images =
    batch === 1 ? ['image.png'] : Array.from({ length: batch }, (_, index) => `image-${index}.png`);
  for (const [index, name] of images.entries())
    yield pngArtifact(name, await encodePng(picture, index), { ...about, batch: index });
  if (batch > 1) yield pngArtifact('sheet.png', await encodeSheetOrPng(picture), about);
  yield npyArtifact('image.npy', picture, about);
  if (transparency) {
    yield pngArtifact('image-alpha.png', await encodePng(withTransparency(picture, transparency)), about);
    yield npyArtifact('transparency.npy', transparency, about);
  }
  return images;
}

/**
 * The picture, opaque where its pixels mattered: the mean of Σ|gradient| over colours, cut at the 80th percentile
 * as Horama plots it.
 */
function withTransparency(picture: Picture, transparency: Picture): Picture {
  const [batch, height, width] = picture.shape;
  const importance = Float32Array.from({ length: height * width }, (_, pixel) =>
    [0, 1, 2].reduce((sum, colour) => sum + transparency.values[3 * pixel + colour]!, 0),
  );
  const most = importance.toSorted()[Math.floor(0.8 * (importance.length - 1))] || 1;
  const values = new Float32Array(4 * importance.length);
  for (let pixel = 0; pixel < importance.length; pixel++) {
    values.set(picture.values.subarray(3 * pixel, 3 * pixel + 3), 4 * pixel);
    values[4 * pixel + 3] = Math.min(1, importance[pixel]! / most);
  }
  return { shape: [batch, height, width, 4], values };
}

function findingsOf(input: FeatureVisualizationInput, { findings }: Visualization) {
  if (input.parametrization !== 'maco') return [...findings];
  const message =
    'The magnitude of the spectrum is 1 / frequency, the law of natural images, in each decorrelated colour channel; the article measured the mean spectrum of ImageNet';
  return [...findings, { code: 'assumed_spectrum' as const, severity: 'notice' as const, message }];
}

function pngArtifact(name: string, bytes: Uint8Array, parameters: Record<string, unknown>): Artifact {
  return { type: 'artifact', name, mediaType: 'image/png', bytes, parameters };
}

function npyArtifact(name: string, array: Picture, parameters: Record<string, unknown>): Artifact {
  return { type: 'artifact', name, mediaType: 'application/x-npy', bytes: encodeNpy(array), parameters };
}

/** Without times of day, so that the same run gives the same bytes. */
function jsonArtifact(name: string, content: Record<string, unknown>): Artifact {
  const bytes = new TextEncoder().encode(`${JSON.stringify(content, null, 2)}\n`);
  return { type: 'artifact', name, mediaType: 'application/json', bytes, parameters: {} };
}
