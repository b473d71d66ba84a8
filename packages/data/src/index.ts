export type * from './dataset.ts';
export { checkIndex, checkSplit } from './check-index.ts';
export { decodeImage, inputPicture, openImage, type InputGeometry } from './decode/decode-image.ts';
export { imageBatches, type BatchOptions, type DecodedBatch } from './decode/image-batches.ts';
export { thumbnail } from './decode/thumbnail.ts';
export * from './errors.ts';
export * from './generators.ts';
export { buildDataset, filesIn, type BuildOptions } from './import/build-dataset.ts';
export type { ImportProgress } from './import/collect.ts';
export type { ClassFrom } from './import/folder-labels.ts';
export * from './manifest.ts';
export { openDataset, openGeneratedDataset, type DatasetFiles } from './open-dataset.ts';
export {
  proceduralImages,
  type ProceduralImages,
  type ProceduralSplit,
} from './procedural/procedural-images.ts';
export * from './registry.ts';
export { orderedSplits } from './splits.ts';
export { storedDataset, verifyIndex, type Packs } from './stored/stored-dataset.ts';
export { findStimulus, stimuli } from './stimuli/stimuli.ts';
export {
  stimulusOf,
  stimulusSet,
  stimulusSetSchema,
  type StimulusSet,
  type StimulusSetSpecification,
} from './stimuli/stimulus-set.ts';
export type { Stimulus, StimulusParameters, StimulusValue } from './stimuli/stimulus.ts';
