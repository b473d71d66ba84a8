export type { ObjectiveExpression, ObjectiveLeaf } from './objective/expression.ts';
export type { TransformExpression } from './transform/expression.ts';
export { adamWDefaults, adamWState, adamWUpdate, type AdamW, type AdamWState } from './training/adamw.ts';
export {
  classifierGradient,
  classify,
  type Batch,
  type BatchGradient,
  type Classifier,
} from './training/classifier-gradient.ts';
export { eachTensor, initialParameters, toWeights, type Parameters } from './training/parameters.ts';
export {
  learningRateAt,
  NonFiniteLossError,
  trainClassifier,
  type StepGradients,
  type TrainingSchedule,
  type TrainingStep,
} from './training/train-classifier.ts';
