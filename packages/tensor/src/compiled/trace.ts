import * as tf from '@tensorflow/tfjs';
import { CompileError } from './errors.ts';
import { inputValue, nodesInOrder, type DType, type Graph, type Value } from './graph.ts';
import { symbolicBackend } from './recording.ts';
import { symbolicBackendName, type ForeignTensor } from './symbolic-backend.ts';

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
  // Of a trace before this one that failed.
  backend.takeForeign();
  const outputs: Record<string, Value> = {};
  withSymbolicBackend(() =>
    tf.tidy(() => {
      const tensors = inputs.map(({ name, value }) => [name, backend.tensorOf(value)] as const);
      for (const [name, tensor] of Object.entries(run(Object.fromEntries(tensors))))
        outputs[name] = backend.valueFor(tensor);
    }),
  );
  const graph = { inputs: inputs.map(({ value }) => value), outputs };
  const foreign = backend.takeForeign();
  refuseStrangers(graph, new Set([...graph.inputs, ...foreign.map(({ value }) => value)]));
  return { graph, foreign };
}

/** A function that keeps a tensor from one trace to the next would compute with inputs that nobody feeds. */
function refuseStrangers({ outputs }: Graph, known: ReadonlySet<Value>): void {
  for (const node of nodesInOrder(Object.values(outputs)))
    if (node.kind === 'input' && !known.has(node.outputs[0]!))
      throw new CompileError(
        `The function used a tensor that it kept from an earlier trace, where it depended on "${node.name}"`,
      );
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
