/** What the training process and its threads say to each other. */
import type { ProceduralSplit } from '@fovea/data';
import type { BatchGradient, Parameters } from '@fovea/interp';

/** Gradient of the images at `indices` of the training part. */
export interface GradientRequest {
  readonly task: 'gradient';
  readonly parameters: Parameters;
  readonly indices: readonly number[];
}

/** Predicted labels of images `from` (included) to `to` (excluded). */
export interface ClassifyRequest {
  readonly task: 'classify';
  readonly parameters: Parameters;
  readonly split: ProceduralSplit;
  readonly from: number;
  readonly to: number;
}

export type Request = GradientRequest | ClassifyRequest;

export interface Replies {
  readonly gradient: BatchGradient;
  readonly classify: Int32Array;
}
