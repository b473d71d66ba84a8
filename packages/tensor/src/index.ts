/** The tensor engine: one tfjs for the whole project, on the fastest backend of this machine. */
export * as tf from '@tensorflow/tfjs';
export { listBackends, startBackend } from './backends/ladder.ts';
export {
  BackendUnavailableError,
  backendNames,
  UnknownBackendError,
  type BackendDevice,
  type BackendName,
  type BackendReport,
  type BackendRung,
} from './backends/backend.ts';
export { isOutOfMemory } from './backends/out-of-memory.ts';
export { randomFor, type Random } from './random.ts';
export { installTensorflow, type InstallTensorflowOptions } from './backends/install-tensorflow.ts';
export { TensorflowInstallError } from './backends/tensorflow-install-error.ts';
export { checkGradients, type GradientCheck } from './gradient-check.ts';
