import { stimulusTable } from '@fovea/interp';
import { encodeNpy } from '../artifact-encoding.ts';
import { engineOf } from '../feature-visualization/engine-of.ts';
import { InvalidInputError } from '../input-error.ts';
import type { RunContext, RunEvent } from '../kind.ts';
import { collectResponses, type LayerResponses } from './collect-responses.ts';
import { findingOf, tuningEvidenceOf } from './evidence.ts';
import { tuningSchema, type TuningEvidence, type TuningInput, type TuningResult } from './schema.ts';
import { testStimuli, type TestStimuli } from './stimuli.ts';

/** Units of one event. */
const chunk = 200;

/** @throws InvalidInputError where the input does not fit the model or the stimulus set; DatasetError */
export async function* runTuning(
  input: TuningInput,
  context: RunContext,
): AsyncGenerator<RunEvent, TuningResult> {
  const model = await context.loadModel(input.model);
  const stimuli = await testStimuli(input, model, context);
  const issues = tuningSchema.check(input, model, input.dataset === null ? null : stimuli.set);
  if (issues.length > 0) throw new InvalidInputError(issues);

  const collected = yield* collectResponses(input, stimuli, model, context);
  const engine = collected.engine && engineOf(collected.engine, context.provenance.backend);
  const table = stimulusTable(stimuli.parameters, stimuli.along, stimuli.period);
  const about = {
    kind: tuningSchema.name,
    kindVersion: tuningSchema.version,
    model: { name: model.name, digest: model.digest, preprocessing: model.preprocessing },
    stimuli: { name: stimuli.name, digest: stimuli.set.digest, count: stimuli.parameters.length },
    ...context.provenance,
    input,
  };
  const layers: TuningResult['layers'] = [];
  for (const responses of collected.layers) {
    const evidence = tuningEvidenceOf(responses, table, stimuli, input);
    yield* artifactsOf(responses, evidence, stimuli, about);
    const { layer } = responses;
    const finding = { layer, kind: tuningSchema.name, subject: stimuli.set.digest };
    for (let start = 0; start < evidence.length; start += chunk) {
      const units = evidence.slice(start, start + chunk);
      yield {
        type: 'units',
        ...finding,
        units: units.map((each, index) => findingOf(start + index, each, stimuli)),
      };
    }
    yield {
      type: 'layer',
      ...finding,
      data: { stimulus: stimuli.name, stimuli: stimuli.parameters.length },
    };
    layers.push({ layer, units: responses.units, mostSelective: mostSelective(evidence) });
  }
  return { stimuli: stimuli.parameters.length, engine, layers };
}

/** Statistics as `fovea tuning` prints them, and every response with the parameters of its stimulus. */
function* artifactsOf(
  { layer, units, values }: LayerResponses,
  evidence: readonly TuningEvidence[],
  stimuli: TestStimuli,
  about: Record<string, unknown>,
): Generator<RunEvent> {
  const file = layer.replaceAll('/', '.');
  const parameters = { ...about, layer };
  const json = (name: string, content: unknown): RunEvent => ({
    type: 'artifact',
    name,
    mediaType: 'application/json',
    bytes: new TextEncoder().encode(`${JSON.stringify(content)}\n`),
    parameters,
  });
  if (stimuli.period !== null)
    yield json(
      `${file}.statistics.json`,
      evidence.map(({ statistics }, unit) => ({ unit, ...statistics })),
    );
  yield json(`${file}.stimuli.json`, stimuli.parameters);
  const shape = [stimuli.parameters.length, units];
  yield {
    type: 'artifact',
    name: `${file}.responses.npy`,
    mediaType: 'application/x-npy',
    bytes: encodeNpy({ shape, values }),
    parameters: { ...parameters, axes: ['stimulus', 'unit'] },
  };
}

function mostSelective(evidence: readonly TuningEvidence[]): TuningResult['layers'][number]['mostSelective'] {
  const tuned = evidence.flatMap(({ statistics }, unit) =>
    statistics === null || statistics.peakDeg === null ? [] : [{ unit, ...statistics }],
  );
  return tuned.toSorted((a, b) => b.selectivity - a.selectivity).slice(0, 10);
}
