import type { Provider } from '@fovea/tensor';

/** On what a method computes. Every result says it. */
export type Engine =
  | { readonly name: 'onnxruntime'; readonly version: string; readonly provider: Provider }
  /** tfjs, op by op, on the backend that is running. */
  | { readonly name: 'eager'; readonly reason: string };

export interface EngineOptions {
  /** Default: compiled, but eager where FOVEA_BACKEND names a backend, where the backend computes on a GPU, and where compiling is not possible. */
  readonly engine?: 'compiled' | 'eager';
  /** Threads of one compiled run; default: all cores. Results do not depend on it. */
  readonly threads?: number;
  /** What of onnxruntime computes; default: FOVEA_PROVIDER, else the processor. */
  readonly provider?: Provider;
}
