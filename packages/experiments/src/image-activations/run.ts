import { decodeImage, inputPicture, type EncodedImage } from '@fovea/data';
import {
  dictionaryOf,
  firingUnits,
  imageActivations,
  relativeTo,
  type ActivationMaps,
  type Dictionary,
} from '@fovea/interp';
import { encodeSafetensors, type HookedModel } from '@fovea/models';
import { engineOf } from '../feature-visualization/engine-of.ts';
import { InvalidInputError } from '../input-error.ts';
import type { RunContext, RunEvent } from '../kind.ts';
import { tensorSlices } from '../tensor-slices.ts';
import {
  imageActivationsSchema,
  type ImageActivationsInput,
  type ImageActivationsResult,
  type SemanticDictionary,
} from './schema.ts';
import { usualFromVectors } from './sweep-vectors.ts';

/** The upload is no image, or a broken one. */
export class UnreadableImageError extends Error {
  readonly code = 'IMAGE_UNREADABLE';
  readonly fault = 'input';

  constructor(cause: unknown) {
    super(
      `The uploaded file cannot be read as an image: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        cause,
      },
    );
    this.name = 'UnreadableImageError';
  }
}

/** @throws InvalidInputError, UnreadableImageError, SweepVectorsError; what interp's imageActivations throws */
export async function* runImageActivations(
  input: ImageActivationsInput,
  context: RunContext,
): AsyncGenerator<RunEvent, ImageActivationsResult> {
  const model = await context.loadModel(input.model);
  const issues = imageActivationsSchema.check(input, model);
  if (issues.length > 0) throw new InvalidInputError(issues);
  const { picture, pixels } = await readImage(input, context, model);
  const about = { model: { name: model.name, digest: model.digest }, image: input.image };
  yield { type: 'artifact', name: 'image.png', mediaType: 'image/png', bytes: picture, parameters: about };

  const { threads } = context;
  const { engine, maps } = await imageActivations(model, pixels, input.layers, { threads });
  const layers: ImageActivationsResult['layers'] = [];
  for (const map of maps) layers.push(yield* reportLayer(input, context, map, about));
  yield { type: 'progress', step: 1, total: 1, loss: null };
  const result = { engine: engineOf(engine, context.provenance.backend), image: 'image.png', layers };
  yield jsonArtifact('provenance.json', { ...about, ...context.provenance, input, result }, {});
  return result;
}

async function readImage({ image }: ImageActivationsInput, context: RunContext, model: HookedModel) {
  const bytes = await context.loadObject(image);
  const encoded: EncodedImage = { encoding: 'file', mediaType: 'application/octet-stream', bytes };
  try {
    const picture = await inputPicture(encoded, model.preprocessing);
    const pixels = Float32Array.from(await decodeImage(encoded, model.preprocessing), (value) => value / 255);
    return { picture, pixels };
  } catch (cause) {
    throw new UnreadableImageError(cause);
  }
}

async function* reportLayer(
  input: ImageActivationsInput,
  context: RunContext,
  maps: ActivationMaps,
  about: Record<string, unknown>,
): AsyncGenerator<RunEvent, ImageActivationsResult['layers'][number]> {
  const { layer, group, units, grid, values } = maps;
  const prefix = [layer.replaceAll('/', '_'), group.tokens].filter(Boolean).join('.');
  const name = `${prefix}.maps.safetensors`;
  const bytes = encodeSafetensors([{ name: 'maps', shape: [units, ...grid], values }], { dtype: 'F32' });
  const parameters = { ...about, layer };
  yield { type: 'artifact', name, mediaType: 'application/octet-stream', bytes, parameters };

  const vectors = input.usual[[layer, group.tokens].filter(Boolean).join('.')];
  const measured =
    vectors === undefined
      ? maps
      : relativeTo(maps, usualFromVectors(await context.loadObject(vectors), layer, units));
  const dictionary = `${prefix}.dictionary.json`;
  yield jsonArtifact(dictionary, asRows(maps, dictionaryOf(measured, input.perPosition)), parameters);
  return {
    layer,
    tokens: group.tokens ?? 'all',
    units,
    grid: [...grid],
    relative: vectors !== undefined,
    firing: firingUnits(measured, input.firing),
    dictionary,
    maps: tensorSlices(bytes, name)['maps']!,
  };
}

function asRows(
  { layer, grid }: ActivationMaps,
  { count, channels, values }: Dictionary,
): SemanticDictionary {
  const rows = Array.from({ length: grid[0] * grid[1] }, (_, position) => position * count);
  return {
    layer,
    grid: [...grid],
    channels: rows.map((start) => [...channels.subarray(start, start + count)]),
    values: rows.map((start) => [...values.subarray(start, start + count)].map(fourDigits)),
  };
}

/** More would make the file larger and tell nobody anything. */
const fourDigits = (value: number) => Number(value.toPrecision(4));

function jsonArtifact(name: string, content: unknown, parameters: Record<string, unknown>): RunEvent {
  const bytes = new TextEncoder().encode(JSON.stringify(content));
  return { type: 'artifact', name, mediaType: 'application/json', bytes, parameters };
}
