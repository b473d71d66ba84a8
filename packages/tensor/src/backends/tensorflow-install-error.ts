export type TensorflowInstallStage =
  'platform' | 'download' | 'unpack' | 'libtensorflow' | 'package' | 'compile' | 'start';

export class TensorflowInstallError extends Error {
  readonly stage: TensorflowInstallStage;

  constructor(stage: TensorflowInstallStage, reason: string, options?: ErrorOptions) {
    super(`TensorFlow could not be set up (${stage}): ${reason}`, options);
    this.name = 'TensorflowInstallError';
    this.stage = stage;
  }
}
