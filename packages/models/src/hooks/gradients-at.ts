import { tf } from '@fovea/tensor';
import { NoGradientError } from '../errors.ts';
import type { Hook, HookedModel, RunInput, RunOptions } from '../hooked-model.ts';
import { layersOf, type LayerFilter } from './layer-filter.ts';

export interface GradientsAt {
  /** What was differentiated. */
  readonly value: tf.Scalar;
  /** With respect to the values of hook points, by their names; shaped like the values. */
  readonly gradients: Readonly<Record<string, tf.Tensor>>;
}

/**
 * The gradient of `metric`, a scalar function of the values of `until`, with respect to the values of the hook
 * points that `filter` lets through. The caller frees the tensors.
 * @throws UnknownLayerError, NoGradientError where the metric does not depend on a hook point
 */
export function gradientsAt(
  model: HookedModel,
  input: RunInput,
  filter: LayerFilter,
  metric: (values: Readonly<Record<string, tf.Tensor>>) => tf.Scalar,
  options: Omit<RunOptions, 'gradientHook'> = {},
): GradientsAt {
  const names = layersOf(model, filter);
  const seen = new Map<string, tf.Tensor>();
  const record: Hook = Object.assign(
    (name: string, gradient: tf.Tensor) => {
      seen.set(name, tf.keep(gradient.clone()));
    },
    { wants: (name: string) => names.includes(name) },
  );
  const { entries, rebuild } = leavesOf(model, input, options);
  try {
    const { value, grads } = tf.valueAndGrads((...leaves: tf.Tensor[]) => {
      const again = rebuild(leaves);
      return metric(model.run(again.input, { ...options, from: again.from, gradientHook: record }));
    })(entries);
    tf.dispose(grads);
    const missing = names.filter((name) => !seen.has(name));
    if (missing.length > 0) throw new NoGradientError(missing);
    return {
      value,
      gradients: Object.fromEntries(names.map((name) => [name, seen.get(name)!.clone()])),
    };
  } finally {
    tf.dispose([...seen.values()]);
  }
}

/** Every real-valued tensor from which a run starts, and the run's start with others in their place. */
function leavesOf(model: HookedModel, input: RunInput, { from = {} }: RunOptions) {
  const inputs = input instanceof tf.Tensor ? { [model.inputs[0]!.name]: input } : input;
  const real = (record: Readonly<Record<string, tf.Tensor>>) =>
    Object.keys(record).filter((name) => record[name]!.dtype === 'float32');
  const inputNames = real(inputs);
  const fromNames = real(from);
  const replaced = (
    record: Readonly<Record<string, tf.Tensor>>,
    names: readonly string[],
    leaves: readonly tf.Tensor[],
  ) => ({ ...record, ...Object.fromEntries(names.map((name, index) => [name, leaves[index]!])) });
  return {
    entries: [...inputNames.map((name) => inputs[name]!), ...fromNames.map((name) => from[name]!)],
    rebuild: (leaves: readonly tf.Tensor[]) => ({
      input: replaced(inputs, inputNames, leaves),
      from: replaced(from, fromNames, leaves.slice(inputNames.length)),
    }),
  };
}
