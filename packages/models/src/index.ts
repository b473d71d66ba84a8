export type { Architecture, Variant } from './architecture.ts';
export * from './blocks/index.ts';
export { convolve } from './blocks/convolve.ts';
export * from './checkpoint/checkpoint-errors.ts';
export type { Checkpoint, CheckpointFormat } from './checkpoint/checkpoint.ts';
export { openModelSource, type ModelSource } from './checkpoint/model-source.ts';
export { openCheckpoint } from './checkpoint/open-checkpoint.ts';
export { readPipeline, type Pipeline } from './checkpoint/pipeline.ts';
export * from './errors.ts';
export * as factored from './factored-matrix.ts';
export type { FactoredMatrix } from './factored-matrix.ts';
export { headCircuits, headComposition, type Composition, type HeadCircuits } from './head-circuits.ts';
export {
  hook,
  inOrder,
  type Node,
  type Operation,
  type RunContext,
  type TensorSpec,
  type Weights,
  type WindowGeometry,
} from './graph.ts';
export type * from './hooked-model.ts';
export * from './hooks/index.ts';
export { describeModel } from './describe-model.ts';
export { checkModel, importModel, type CheckedModel, type ImportOptions } from './import-model.ts';
export { classSanity, type ClassSanity, type Photographs } from './class-sanity.ts';
export { moduleNames } from './module-names.ts';
export { architectures, findArchitecture, findVariant } from './known-architectures.ts';
export { hookPointSchema, manifestSchema, modelDigest, readManifest, writeManifest } from './manifest.ts';
export type { Manifest } from './manifest.ts';
export { writeAtomically } from './write-atomically.ts';
export { loadModel } from './load-model.ts';
export { hookedModel, requireChannel } from './model.ts';
export { networkFrom, networkOf, type Network } from './network.ts';
export { runNetwork } from './run-network.ts';
export { edges, pair, type Edges, type Extent } from './window.ts';
export { defaultNonlinearities } from './nonlinearities.ts';
export { preprocess, preprocessingSchema, type Preprocessing } from './preprocessing.ts';
export {
  findModel,
  foveaHome,
  listModelNames,
  listModels,
  loadRegisteredModel,
  register,
  removeModel,
  type RegisteredModel,
} from './registry.ts';
export { openSafetensors } from './checkpoint/safetensors.ts';
export {
  convertToSafetensors,
  encodeSafetensors,
  writeSafetensors,
  type NamedTensor,
} from './checkpoint/write-safetensors.ts';
export type { SelfTest } from './self-test-result.ts';
export { selfTest } from './self-test.ts';
export {
  processWeights,
  weightProcessings,
  type WeightProcessingName,
} from './weight-processing/process-weights.ts';
export type { WeightChanges, WeightProcessing } from './weight-processing/weight-changes.ts';
export { disposeWeights, readWeights, toCheckpoint, toEngine } from './weights.ts';
export { clipTokenizer, type ClipTokenizer, type EncodeOptions } from './tokenizer/clip-tokenizer.ts';
export * from './tokenizer/tokenizer-errors.ts';
export { clipVocabulary, readVocabulary, type Vocabulary } from './tokenizer/vocabulary.ts';
export { ddimStep, type Step } from './diffusion/ddim.ts';
export { ddpmStep } from './diffusion/ddpm.ts';
export { addNoise, noiseSchedule, velocity, type NoiseSchedule } from './diffusion/noise-schedule.ts';
export { emptyHistory, pndmStep, type PndmHistory, type PndmStep } from './diffusion/pndm.ts';
export { samplingPlan, type SamplingPlan } from './diffusion/sampling-plan.ts';
export * from './diffusion/scheduler-config.ts';
export { compareWithFixture } from './parity/compare.ts';
export { compiled, eagerly, type Evaluate } from './parity/evaluate.ts';
export { compareSchedulers, schedulersFixtureSchema } from './parity/compare-schedulers.ts';
export { fixtureSchema, parseFixture } from './parity/fixture.ts';
export * from './parity/result.ts';
export { deviation, shareOf, summarySchema, type Summary } from './parity/summary.ts';
export { syntheticInput } from './parity/synthetic-tensor.ts';
export { guided, integrateFlow, velocityTo, type VelocityField } from './diffusion/flow-matching.ts';
export { sampleDigits, type DigitOptions } from './diffusion/sample-digits.ts';
export { pullModel, type PulledFile, type PulledModel, type PullOptions } from './published/pull.ts';
export * from './published/pull-errors.ts';
export { fileName, type PublishedFile, type PublishedModel } from './published/published-model.ts';
export { findPublishedModel, publishedModels } from './published/published-models.ts';
