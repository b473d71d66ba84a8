/** Datasets that are drawn, by the name under which manifests call for them. */
import type { GeneratedDataset } from './dataset.ts';
import { DatasetError } from './errors.ts';
import { datasetManifestSchema, type DatasetManifest } from './manifest.ts';
import { proceduralImages } from './procedural/procedural-images.ts';
import { findStimulus, stimuli } from './stimuli/stimuli.ts';
import type { Stimulus } from './stimuli/stimulus.ts';
import { stimulusSet, type StimulusSetSpecification } from './stimuli/stimulus-set.ts';

export interface Generator {
  /** The dataset that the parameters of a manifest stand for; those left out have their defaults. */
  open(parameters: Readonly<Record<string, unknown>>): GeneratedDataset;
}

export const generators: Readonly<Record<string, Generator>> = {
  procedural: { open: ({ seed = 0 }) => proceduralImages(seed as number) },
  ...Object.fromEntries(stimuli.map((stimulus) => [stimulus.name, stimulusGenerator(stimulus)])),
};

/** Parameters: height, width, and the values of the stimulus's own `parameters`; without them its usual set. */
function stimulusGenerator({ name, usual }: Stimulus): Generator {
  return {
    open: (parameters) => stimulusSet({ parameters: usual, ...parameters, stimulus: name }),
  };
}

/** @throws DatasetError UNKNOWN_GENERATOR */
export function generatedManifest(
  generator: string,
  parameters: Extract<DatasetManifest['content'], { type: 'generated' }>['parameters'],
): DatasetManifest {
  return datasetManifestSchema.parse({
    ...openGenerated(generator, parameters),
    bytes: 0,
    content: { type: 'generated', generator, parameters },
    problems: [],
    duplicates: { count: 0, first: [] },
  });
}

/** Of a stimulus set under a name of its own. @throws DatasetError UNKNOWN_STIMULUS, BAD_STIMULUS_SET */
export function stimulusSetManifest(
  name: string,
  { stimulus, ...parameters }: StimulusSetSpecification,
): DatasetManifest {
  return { ...generatedManifest(findStimulus(stimulus).name, parameters), name };
}

/** @throws DatasetError UNKNOWN_GENERATOR */
export function openGenerated(
  generator: string,
  parameters: Readonly<Record<string, unknown>>,
): GeneratedDataset {
  const found = Object.hasOwn(generators, generator) ? generators[generator] : undefined;
  if (found) return found.open(parameters);
  throw new DatasetError(
    'UNKNOWN_GENERATOR',
    `No generator is called ${JSON.stringify(generator)}; there are ${Object.keys(generators).join(', ')}`,
  );
}
