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
export { reasonForEager } from './backends/reason-for-eager.ts';
export { compiledCache, type CompiledCache, type Lease } from './compiled/cache.ts';
export { compile, type CompiledFunction, type CompileOptions, type Feeds } from './compiled/compile.ts';
export {
  CompileError,
  FeedError,
  RuntimeUnavailableError,
  SymbolicValueError,
  UnsupportedKernelError,
} from './compiled/errors.ts';
export type { TensorType } from './compiled/graph.ts';
export { resultTypes } from './compiled/result-types.ts';
export { defaultProvider, providers, type Provider } from './compiled/runtime/provider.ts';
export { runtimeVersion } from './compiled/runtime/session.ts';
export type { TensorFunction, TensorSpec } from './compiled/trace.ts';
export { checkGradients, type GradientCheck } from './gradient-check.ts';
