import * as tf from '@tensorflow/tfjs';
import { inputValue, type DType, type Graph, type Value } from './graph.ts';
import { symbolicBackend, symbolicBackendName, type ForeignTensor } from './symbolic-backend.ts';

export interface TensorSpec {
  readonly shape: readonly number[];
  /** Default: float32. */
  readonly dtype?: DType;
}

/** An ordinary synchronous function on tfjs's ops, which may take gradients inside and must not read values. */
export type TensorFunction = (
  inputs: Readonly<Record<string, tf.Tensor>>,
) => Readonly<Record<string, tf.Tensor>>;

export interface Trace {
  readonly graph: Graph;
  readonly foreign: readonly ForeignTensor[];
}

/**
 * Runs the function once on tensors without values and records its kernels. No tensor is left; the current backend
 * stays current.
 * @throws UnsupportedKernelError, SymbolicValueError, and what the function throws
 */
export function trace(run: TensorFunction, specs: Readonly<Record<string, TensorSpec>>): Trace {
  const backend = symbolicBackend();
  const inputs = Object.entries(specs).map(([name, { shape, dtype = 'float32' }]) => ({
    name,
    value: inputValue(name, { shape, dtype }),
  }));
  const outputs: Record<string, Value> = {};
  withSymbolicBackend(() =>
    tf.tidy(() => {
      const tensors = inputs.map(({ name, value }) => [name, backend.tensorOf(value)] as const);
      for (const [name, tensor] of Object.entries(run(Object.fromEntries(tensors))))
        outputs[name] = backend.valueFor(tensor);
    }),
  );
  return { graph: { inputs: inputs.map(({ value }) => value), outputs }, foreign: backend.takeForeign() };
}

/** The engine changes its backend asynchronously only; a trace is over before anyone else could notice. */
function withSymbolicBackend(run: () => void): void {
  const backend = symbolicBackend();
  const engine = tf.engine() as unknown as { backendName: string; backendInstance: tf.KernelBackend };
  const { backendName, backendInstance } = engine;
  engine.backendName = symbolicBackendName;
  engine.backendInstance = backend;
  try {
    run();
  } finally {
    engine.backendName = backendName;
    engine.backendInstance = backendInstance;
  }
}
