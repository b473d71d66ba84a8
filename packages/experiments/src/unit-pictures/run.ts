import {
  centralToken,
  featureVisualization,
  placesFor,
  preActivation,
  type FeatureVisualizationResult as Visualization,
} from '@fovea/interp';
import type { HookedModel } from '@fovea/models';
import { availableParallelism } from 'node:os';
import { encodeThumbnail, encodeWebp } from '../artifact-encoding.ts';
import { engineOf } from '../feature-visualization/engine-of.ts';
import { formatObjective } from '../feature-visualization/objective-shorthand.ts';
import { settingsOf } from '../feature-visualization/settings.ts';
import { InvalidInputError } from '../input-error.ts';
import type { RunContext, RunEvent } from '../kind.ts';
import { merge } from '../merge.ts';
import { decodeFinished, encodeFinished } from './checkpoint.ts';
import { unitPicturesSchema, type UnitPicturesInput, type UnitPicturesResult } from './schema.ts';
import { nameOfPicture, takesOf, variantOf, type Take } from './takes.ts';
import { thumbnailSide } from './thumbnail-side.ts';
import { visualizationOf, type Target } from './visualization.ts';

/** Steps over whose end the score of a picture is the mean: single ones depend on how the picture was just moved. */
const scoredSteps = 16;

/** @throws InvalidInputError where the input does not fit the model; what interp's featureVisualization throws */
export async function* runUnitPictures(
  input: UnitPicturesInput,
  context: RunContext,
): AsyncGenerator<RunEvent, UnitPicturesResult> {
  const model = await context.loadModel(input.model);
  const issues = unitPicturesSchema.check(input, model);
  if (issues.length > 0) throw new InvalidInputError(issues);

  const takes = takesOf(input);
  const total = unitPicturesSchema.steps(input);
  const finished = decodeFinished(context.checkpoint);
  // One iterator for all places, so that each take is taken once.
  const waiting = [...takes.keys()].filter((number) => !finished.takes.includes(number)).values();
  let step = finished.takes.length * input.steps;
  let engine: UnitPicturesResult['engine'] | undefined;

  /** Makes one waiting take after the other. */
  async function* place(): AsyncGenerator<RunEvent> {
    for (const number of waiting) {
      const making = makeTake(input, takes[number]!, model, context);
      for (;;) {
        const next = await making.next();
        if (next.done) {
          finished.takes.push(number);
          finished.suspects.push(...next.value.suspects);
          engine = next.value.engine;
          break;
        }
        yield next.value === 'step' ? { type: 'progress', step: ++step, total, loss: null } : next.value;
      }
      yield { type: 'checkpoint', step: finished.takes.length, bytes: encodeFinished(finished) };
    }
  }

  const places = placesFor(context.threads ?? availableParallelism());
  yield* merge(Array.from({ length: Math.min(places, takes.length) }, place));
  const suspects = finished.suspects.toSorted((a, b) => (a.picture < b.picture ? -1 : 1));
  for (const { picture, message } of suspects)
    yield { type: 'log', level: 'warning', message: `${picture}: ${message}` };
  const pictures = takes.reduce((sum, { batch }) => sum + batch, 0);
  return { pictures, engine: engine ?? null, suspects };
}

interface Made {
  readonly engine: UnitPicturesResult['engine'];
  readonly suspects: UnitPicturesResult['suspects'];
}

async function* makeTake(
  input: UnitPicturesInput,
  take: Take,
  model: HookedModel,
  context: RunContext,
): AsyncGenerator<RunEvent | 'step', Made> {
  const visualization = visualizationOf(input, take, targetOf(input, take, model));
  const seed = context.seed + take.restart;
  const { signal } = context;
  const steps = featureVisualization(model, settingsOf(visualization), { seed, signal, threads: 1 });
  const objectives: number[] = [];
  for (;;) {
    const next = await steps.next();
    if (next.done) {
      const engine = engineOf(next.value.engine, context.provenance.backend);
      const score = take.batch === 1 ? take.sign * mean(objectives.slice(-scoredSteps)) : null;
      const about = {
        kind: unitPicturesSchema.name,
        kindVersion: unitPicturesSchema.version,
        model: { name: model.name, digest: model.digest, preprocessing: model.preprocessing },
        ...context.provenance,
        backend: engine.backend,
        seed,
        objective: formatObjective(visualization.objective),
        visualization,
      };
      yield* artifactsOf(input, take, next.value, model, { score, about });
      return { engine, suspects: suspectsOf(take, next.value) };
    }
    if (next.value.type !== 'progress') continue;
    objectives.push(next.value.objective);
    yield 'step';
  }
}

/** What excites a unit is sought where it is, what inhibits it before its ReLU. */
function targetOf({ layer }: UnitPicturesInput, { channel, sign }: Take, model: HookedModel): Target {
  const unit = sign === 1 ? { layer, channel } : preActivation(model, { layer, channel });
  const x = centralToken(model, model.hookPoint(unit.layer));
  return x === undefined ? unit : { ...unit, x };
}

async function* artifactsOf(
  { layer }: UnitPicturesInput,
  take: Take,
  { picture }: Visualization,
  model: HookedModel,
  { score, about }: { readonly score: number | null; readonly about: Record<string, unknown> },
): AsyncGenerator<RunEvent> {
  const { channel, objective, sign, restart, batch } = take;
  const side = thumbnailSide(objective, model.hookPoint(layer).receptiveField, picture.shape);
  for (let index = 0; index < batch; index++) {
    const file = nameOfPicture(take, index);
    const [name, thumbnail] = [`${file}.webp`, `${file}.thumbnail.webp`];
    yield {
      type: 'artifact',
      name: thumbnail,
      mediaType: 'image/webp',
      bytes: await encodeThumbnail(picture, index, side),
      parameters: { thumbnailOf: name, side },
    };
    yield {
      type: 'artifact',
      name,
      mediaType: 'image/webp',
      bytes: await encodeWebp(picture, index),
      parameters: batch === 1 ? about : { ...about, batch: index },
      picture: {
        layer,
        channel,
        objective,
        sign,
        variant: variantOf(take, index),
        restart,
        score,
        thumbnail,
      },
    };
  }
}

function suspectsOf(take: Take, { findings }: Visualization): UnitPicturesResult['suspects'] {
  return findings
    .filter(({ severity }) => severity === 'problem')
    .map(({ code, message }) => ({ picture: `${nameOfPicture(take, 0)}.webp`, code, message }));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
