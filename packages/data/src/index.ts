export type * from './dataset.ts';
export { checkIndex } from './check-index.ts';
export * from './errors.ts';
export * from './generators.ts';
export * from './manifest.ts';
export { openDataset, type DatasetFiles } from './open-dataset.ts';
export {
  proceduralImages,
  type ProceduralImages,
  type ProceduralSplit,
} from './procedural/procedural-images.ts';
export * from './registry.ts';
export { findStimulus, stimuli } from './stimuli/stimuli.ts';
export {
  stimulusSet,
  stimulusSetSchema,
  type StimulusSet,
  type StimulusSetSpecification,
} from './stimuli/stimulus-set.ts';
export type { Stimulus, StimulusParameters, StimulusValue } from './stimuli/stimulus.ts';
