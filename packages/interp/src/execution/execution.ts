/** A function of tensors, run many times on new values: compiled where that can be done, else op by op. */
import type { HookedModel, Network } from '@fovea/models';
import {
  compile,
  CompileError,
  defaultProvider,
  FeedError,
  reasonForEager,
  runtimeVersion,
  tf,
  type CompileOptions,
  type Feeds,
  type Provider,
  type TensorFunction,
  type TensorSpec,
} from '@fovea/tensor';
import { compiledFunctions, numberOfModel } from './compiled-functions.ts';
import type { Engine, EngineOptions } from './engine.ts';

/** What a method computes again and again. */
export interface Computation {
  /** Whose weights are a part of it, or the network alone where they are not. */
  readonly model: HookedModel | Network;
  /** Computations on one model that have equal keys are the same. */
  readonly key: readonly unknown[];
  readonly inputs: Readonly<Record<string, TensorSpec>>;
  /** Synchronous and free of reads. */
  readonly run: TensorFunction;
}

/** int32 as Int32Array, float32 as Float32Array. */
export type Results = Readonly<Record<string, Float32Array>>;

export interface Execution extends Disposable {
  readonly engine: Engine;
  /** @throws FeedError */
  run(feeds: Feeds): Promise<Results>;
}

/**
 * Holds on to a compiled function until it is disposed of.
 * @throws CompileError where compiled is asked for and cannot be had
 */
export async function startExecution(
  computation: Computation,
  { engine: wanted, threads, provider = defaultProvider() }: EngineOptions = {},
): Promise<Execution> {
  if (wanted === 'eager') return eager(computation, 'it was asked for');
  const reason = wanted === undefined ? reasonForEager() : undefined;
  if (reason !== undefined) return eager(computation, reason);
  try {
    return await compiled(computation, { threads, provider });
  } catch (error) {
    if (wanted === 'compiled' || !(error instanceof CompileError)) throw error;
    return eager(computation, error.message);
  }
}

async function compiled(
  { model, key, inputs, run }: Computation,
  placement: Pick<CompileOptions, 'threads'> & { readonly provider: Provider },
): Promise<Execution> {
  const version = await runtimeVersion();
  const name = JSON.stringify([numberOfModel(model), key, inputs, placement]);
  const lease = await compiledFunctions.lease(name, () => compile(run, { inputs, ...placement }));
  return {
    engine: { name: 'onnxruntime', version, provider: placement.provider },
    run: (feeds) => lease.compiled.run(feeds),
    [Symbol.dispose]: () => lease.giveBack(),
  };
}

function eager({ inputs, run }: Computation, reason: string): Execution {
  return {
    engine: { name: 'eager', reason },
    async run(feeds) {
      const tensors = tf.tidy(() => {
        const fed = Object.entries(inputs).map(([name, { shape, dtype = 'float32' }]) => [
          name,
          tf.tensor(feedOf(feeds, name), [...shape], dtype),
        ]);
        return run(Object.fromEntries(fed));
      });
      const names = Object.keys(tensors);
      const values = await Promise.all(names.map((name) => tensors[name]!.data<'float32'>()));
      tf.dispose({ ...tensors });
      return Object.fromEntries(names.map((name, index) => [name, values[index]!]));
    },
    [Symbol.dispose]: () => {},
  };
}

function feedOf(feeds: Feeds, name: string): Feeds[string] {
  const values = feeds[name];
  if (!values) throw new FeedError(`The input "${name}" was not fed`);
  return values;
}
