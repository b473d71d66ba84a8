/**
 * Compiled functions. An ordinary function on tfjs's ops runs once on tensors without values; what it would compute,
 * gradients included, becomes an ONNX model that onnxruntime then runs any number of times, several times faster than
 * tfjs itself. docs/compiled-steps.md says how.
 */
import { availableParallelism } from 'node:os';
import { FeedError } from './errors.ts';
import { constantValue, kernelNode, sizeOf, valuesOf, type Graph, type Value, type Values } from './graph.ts';
import { inputName, lowerGraph, outputName } from './lowering/lower.ts';
import { weightBytes } from './onnx/write.ts';
import { peakBytes } from './memory.ts';
import { rewriteGraph } from './rewrite.ts';
import type { FeedTensor } from './runtime/messages.ts';
import { poolFirst } from './pool-first.ts';
import { defaultProvider, type Provider } from './runtime/provider.ts';
import { openSession, type Session } from './runtime/session.ts';
import { simplify } from './simplify.ts';
import { trace, type TensorFunction, type TensorSpec, type Trace } from './trace.ts';

export interface CompileOptions {
  /** The tensors that the function gets, by name. */
  readonly inputs: Readonly<Record<string, TensorSpec>>;
  /** Threads of one run; default: all cores. The results do not depend on it. */
  readonly threads?: number;
  /** Default: FOVEA_PROVIDER, else the processor. */
  readonly provider?: Provider;
}

/** float32 and int32 as arrays of their kind, bool as a Uint8Array of 0 and 1. */
export type Feeds = Readonly<Record<string, Values>>;

export interface CompiledFunction {
  /** Of each output, by name. Every tensor that a trace met is baked in, except the inputs. */
  readonly outputs: Readonly<Record<string, { readonly shape: readonly number[] }>>;
  /** Of the constants that the session holds. */
  readonly weightBytes: number;
  /**
   * About what the session takes, by measurements: constants as they came, transposed for gradients and packed for
   * the processor, and twice what a run needs at its peak.
   */
  readonly memoryBytes: number;
  /** @throws FeedError */
  run(feeds: Feeds): Promise<Record<string, Float32Array>>;
  /** Frees the session's memory, once the runs that were asked for are done. */
  dispose(): Promise<void>;
}

/**
 * Compiles a function for inputs of these shapes. Tensors of other backends that it meets become constants: they must
 * live until the promise resolves.
 *
 * @throws UnsupportedKernelError, SymbolicValueError, RuntimeUnavailableError, and what the function throws
 */
export async function compile(
  run: TensorFunction,
  { inputs, threads = availableParallelism(), provider = defaultProvider() }: CompileOptions,
): Promise<CompiledFunction> {
  const graph = poolFirst(simplify(await bindForeign(trace(run, inputs))));
  const model = lowerGraph(graph);
  const session = await openSession(model, { provider, threads });
  return compiledFunction(graph, session, weightBytes(model));
}

/** Puts the values of tensors from other backends in as constants. */
async function bindForeign({ graph, foreign }: Trace): Promise<Graph> {
  const read = await Promise.all(
    foreign.map(async ({ value, read }) => [value, constantValue(await read(), value)] as const),
  );
  const constants = new Map<Value, Value>(read);
  return rewriteGraph(
    graph,
    ({ kernel, attributes, outputs }, operands) => kernelNode(kernel, operands, attributes, outputs).outputs,
    (value) => constants.get(value) ?? value,
  );
}

function compiledFunction(graph: Graph, session: Session, bytes: number): CompiledFunction {
  const inputs = graph.inputs.map((value) => ({
    name: value.node.kind === 'input' ? value.node.name : '',
    value,
  }));
  return {
    outputs: graph.outputs,
    weightBytes: bytes,
    memoryBytes: 3 * bytes + 2 * peakBytes(graph),
    async run(feeds) {
      const tensors = inputs.map(({ name, value }) => [inputName(name), feedOf(name, value, feeds)] as const);
      for (const name of Object.keys(feeds))
        if (!inputs.some((input) => input.name === name))
          throw new FeedError(`There is no input "${name}"; the inputs are ${names(inputs)}`);
      const results = await session.run(Object.fromEntries(tensors));
      const entries = Object.keys(graph.outputs).map((name) => [name, results[outputName(name)]!]);
      return Object.fromEntries(entries) as Record<string, Float32Array>;
    },
    dispose: () => session.close(),
  };
}

function names(inputs: readonly { readonly name: string }[]): string {
  return inputs.map(({ name }) => name).join(', ');
}

function feedOf(name: string, { shape, dtype }: Value, feeds: Feeds): FeedTensor {
  const values = feeds[name];
  if (!values) throw new FeedError(`The input "${name}", [${shape.join(', ')}] of ${dtype}, was not fed`);
  const expected = valuesOf(dtype, 0).constructor.name;
  if (values.length !== sizeOf(shape) || values.constructor.name !== expected)
    throw new FeedError(
      `The input "${name}" needs ${sizeOf(shape)} values in a ${expected}, for [${shape.join(', ')}] of ${dtype}; it got ${values.length} in a ${values.constructor.name}`,
    );
  return { type: dtype, dims: shape, values };
}
