/** Methods of interpretability, as functions of a hooked model. */
export {
  startActivationSamples,
  type ActivationSamples,
  type ImageSamples,
  type SampleSettings,
} from './atlas/activation-samples.ts';
export { cellsOf, meanOf, mostTypical, type Cell } from './atlas/cells.ts';
export { iconScores, iconVisualization, type IconSettings } from './atlas/icons.ts';
export { layout, normalizedLayout, type LayoutSettings } from './atlas/layout.ts';
export { innerPositions, samplePositions } from './atlas/sampled-positions.ts';
export { whitening } from './atlas/whitening.ts';
export {
  startAttribution,
  type AttributedExample,
  type Attribution,
  type AttributionPart,
  type AttributionRun,
  type AttributionSettings,
} from './attribution/attribution.ts';
export {
  startIntegratedGradients,
  type IntegratedExample,
  type IntegratedGradients,
  type IntegratedGradientsRun,
  type IntegratedGradientsSettings,
} from './attribution/integrated-gradients.ts';
export { directionAlong, MetricError, type Metric } from './attribution/metric.ts';
export * from './constants.ts';
export { CheckpointMismatchError } from './feature-visualization/checkpoint.ts';
export type { Engine, EngineOptions } from './execution/engine.ts';
export { placesFor } from './execution/places.ts';
export type { Calibration, Sharing } from './execution/sharing.ts';
export { calibrateFeatureVisualization } from './feature-visualization/calibrate.ts';
export type { Finding } from './feature-visualization/diagnosis.ts';
export {
  featureVisualization,
  type FeatureVisualizationEvent,
  type FeatureVisualizationResult,
  type Picture,
  type RunControl,
} from './feature-visualization/feature-visualization.ts';
export {
  imageActivations,
  type ActivationMaps,
  type ImageActivations,
} from './image-activations/activation-maps.ts';
export {
  dictionaryOf,
  firingUnits,
  type Dictionary,
  type FiringUnit,
} from './image-activations/semantic-dictionary.ts';
export {
  relativeTo,
  usualActivations,
  type UsualActivations,
} from './image-activations/usual-activations.ts';
export { NonFiniteLossError } from './feature-visualization/non-finite-loss.ts';
export type { FeatureVisualizationSettings } from './feature-visualization/settings.ts';
export { layersOf, objectiveOf } from './objective/build.ts';
export type { ObjectiveExpression, ObjectiveLeaf } from './objective/expression.ts';
export type { Activations, Objective } from './objective/objective.ts';
export { ObjectiveError } from './objective/objective-error.ts';
export { optimizerOf, type OptimizerName } from './optimizer/build.ts';
export type { Optimizer } from './optimizer/optimizer.ts';
export { bilinearlySampledImage } from './parametrization/bilinearly-sampled-image.ts';
export {
  parametrizationOf,
  type ParametrizationName,
  type ParametrizationOptions,
} from './parametrization/build.ts';
export { lowresField, type LowresOptions } from './parametrization/lowres.ts';
export type { Field, ParameterArray, Parametrization } from './parametrization/parametrization.ts';
export { unitBallL2Field, unitBallLInfField } from './parametrization/unit-ball.ts';
export { transformsOf } from './transform/build.ts';
export type { TransformExpression } from './transform/expression.ts';
export { transformList, type TransformListName } from './transform/lists.ts';
export { ImageTooSmallError, type Transform } from './transform/transform.ts';
export {
  attributionPatching,
  type AttributionPatchingSettings,
  type PatchEstimates,
} from './patching/attribution-patching.ts';
export {
  divergenceFromClean,
  EqualPairError,
  logitDifference,
  normalized,
  probabilityChange,
  type PatchMetric,
} from './patching/metrics.ts';
export { gridNodes, wholeLayer, type PatchNode } from './patching/nodes.ts';
export {
  startPatching,
  type ImagePair,
  type PatchedRuns,
  type PatchingRun,
  type PatchingSettings,
} from './patching/patching.ts';
export {
  classifierGradient,
  classify,
  type Batch,
  type BatchGradient,
  type Classifier,
} from './training/classifier-gradient.ts';
export { eachTensor, initialParameters, type Parameters } from './training/parameters.ts';
export { startTraining, type TrainingRun } from './training/start-training.ts';
export type { TrainingSettings } from './training/training-step.ts';
export {
  learningRateAt,
  DivergedTrainingError,
  trainClassifier,
  type StepGradients,
  type TrainingSchedule,
  type TrainingStep,
} from './training/train-classifier.ts';
export type { PositionGrid } from './position-grid.ts';
export type { ClassMean } from './sweep/class-means.ts';
export { relatedUnits, unitCorrelations, type RelatedUnit } from './sweep/correlations.ts';
export { decodeSweep, encodeSweep } from './sweep/encode-sweep.ts';
export {
  NonFiniteActivationError,
  SweepBatchError,
  SweepEncodingError,
  SweepMismatchError,
} from './sweep/errors.ts';
export { emptyMaps, fillMaps, imagesOf, type ExampleMaps, type LayerExamples } from './sweep/example-maps.ts';
export { examplesOf, type BandSettings, type Example } from './sweep/examples.ts';
export { imageSample } from './sweep/image-sample.ts';
export type { LayerSweep } from './sweep/layer-sweep.ts';
export { receptiveFieldBox, type Box } from './sweep/receptive-field-box.ts';
export type { SweepSettings } from './sweep/settings.ts';
export { histogramBars, quantileShares, unitStatistics, type UnitStatistics } from './sweep/statistics.ts';
export { emptySweep, mergeSweep, sweep, sweepBatches, type Sweep } from './sweep/sweep.ts';
export type { TokenGroup } from './sweep/token-groups.ts';
export type { TopExample } from './sweep/top-examples.ts';
export { unitsPlaces, type ImageBatch, type UnitsPlace } from './sweep/unit-values.ts';
export { compareLucid, lucidFixtureSchema } from './parity/lucid-fixture.ts';
export { selectivities } from './tuning/selectivity.ts';
export { curveStatistics, type CurveStatistics, type TuningCurve } from './tuning/curve-statistics.ts';
export {
  startStimulusResponses,
  type ResponseSettings,
  type StimulusResponses,
} from './tuning/stimulus-responses.ts';
export { stimulusTable, unitTuning, type StimulusTable, type UnitTuning } from './tuning/stimulus-table.ts';
export { centralToken } from './unit/central-token.ts';
export { preActivation, type Unit } from './unit/pre-activation.ts';
export { adjacentLayers, principalLayers, type AdjacentLayers } from './weights/adjacent-layers.ts';
export {
  effectiveWeights,
  kernelBetween,
  partOf,
  pathsBetween,
  type ChannelRange,
  type EffectiveWeights,
  type EffectiveWeightsOptions,
  type WeightPart,
} from './weights/effective-weights.ts';
export { bandMeans } from './weights/bands.ts';
export { expandedWeights, type ExpandedWeights } from './weights/expanded-weights.ts';
export { layerNormScales } from './weights/layer-norm-scales.ts';
export {
  compareWithNull,
  layerFigures,
  layerSparsity,
  massShares,
  type LayerFigure,
  type LayerSparsity,
  type NullComparison,
  type SparsityOptions,
} from './weights/layer-sparsity.ts';
export { linearizedModel, type Linearization } from './weights/linearized-model.ts';
export { oneSidedFactors, type OneSidedFactors, type WeightMatrix } from './weights/one-sided-factors.ts';
export {
  defaultRanking,
  strengthsOf,
  strongestInputs,
  strongestOf,
  strongestOutputs,
  type Connection,
  type RankingOptions,
  type Strengths,
  type StrongestConnections,
} from './weights/strengths.ts';
export { inputWeights, outputWeights, type UnitMatrix } from './weights/unit-matrix.ts';
export { relatedByWeights, type UnitAlike } from './weights/weight-correlation.ts';
export {
  cumulativeMass,
  sparsityNames,
  sparsityOf,
  type SparsityMeasures,
  type SparsityName,
} from './weights/sparsity.ts';
export { untrainedModel } from './weights/untrained-model.ts';
export { nullWeights, weightNulls, type WeightNull } from './weights/weight-nulls.ts';
export { WeightsError } from './weights/weights-error.ts';
