import { imageBatches } from '@fovea/data';
import { startStimulusResponses, type Engine, type StimulusResponses } from '@fovea/interp';
import type { HookedModel } from '@fovea/models';
import type { RunContext, RunEvent } from '../kind.ts';
import type { TuningInput } from './schema.ts';
import type { TestStimuli } from './stimuli.ts';

export interface LayerResponses {
  readonly layer: string;
  readonly units: number;
  /** [stimuli, units] */
  readonly values: Float32Array;
}

export interface CollectedResponses {
  readonly layers: readonly LayerResponses[];
  /** Null where all had been computed before. */
  readonly engine: Engine | null;
}

/** Batches between checkpoints. */
const checkpointInterval = 16;

/** Goes on after the stimuli of the context's checkpoint. */
export async function* collectResponses(
  input: TuningInput,
  stimuli: TestStimuli,
  model: HookedModel,
  { checkpoint, threads, signal }: Pick<RunContext, 'checkpoint' | 'threads' | 'signal'>,
): AsyncGenerator<RunEvent, CollectedResponses> {
  const count = stimuli.parameters.length;
  const layers = input.layers.map((name): LayerResponses => {
    const { channels } = model.hookPoint(name);
    return { layer: name, units: channels, values: new Float32Array(count * channels) };
  });
  let done = restore(layers, checkpoint);
  if (done === count) return { layers, engine: null };

  const { batch, window } = input;
  using responses = await startStimulusResponses(model, { layers: input.layers, batch, window }, { threads });
  const total = Math.ceil(count / batch);
  const left = Array.from({ length: count - done }, (_, index) => done + index);
  const batches = imageBatches(stimuli.set, {
    split: stimuli.split,
    input: model.preprocessing,
    batch,
    indices: left,
    signal,
  });
  for await (const { pixels, indices } of batches) {
    keep(layers, await responses.of(pixels), done, indices.length);
    done += indices.length;
    const step = Math.ceil(done / batch);
    yield { type: 'progress', step, total, loss: null };
    if (step % checkpointInterval === 0) yield { type: 'checkpoint', step, bytes: firstRows(layers, done) };
  }
  return { layers, engine: responses.engine };
}

function keep(
  layers: readonly LayerResponses[],
  computed: Awaited<ReturnType<StimulusResponses['of']>>,
  done: number,
  rows: number,
): void {
  for (const { layer, units, values } of layers)
    values.set(computed[layer]!.subarray(0, rows * units), done * units);
}

/** Of each layer the responses to the first stimuli, one layer after the other. */
function firstRows(layers: readonly LayerResponses[], rows: number): Uint8Array {
  const parts = layers.map(({ units, values }) => values.subarray(0, rows * units));
  return Buffer.concat(
    parts.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength)),
  );
}

/** Returns to how many stimuli the responses were there. */
function restore(layers: readonly LayerResponses[], checkpoint: Uint8Array = new Uint8Array()): number {
  const values = new Float32Array(new Uint8Array(checkpoint).buffer);
  const rows = values.length / layers.reduce((sum, { units }) => sum + units, 0);
  let at = 0;
  for (const layer of layers) {
    layer.values.set(values.subarray(at, at + rows * layer.units));
    at += rows * layer.units;
  }
  return rows;
}
