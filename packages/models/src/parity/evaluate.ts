/** How the values of a comparison are computed. */
import { compile, tf, type Feeds, type TensorFunction } from '@fovea/tensor';

type Tensors = Readonly<Record<string, tf.Tensor>>;

/** The caller frees what is returned. */
export type Evaluate = (run: TensorFunction, inputs: Tensors) => Promise<Tensors>;

/** Op by op, on the backend that is running. */
export const eagerly: Evaluate = (run, inputs) =>
  Promise.resolve(tf.tidy(() => run(inputs) as Record<string, tf.Tensor>));

/** By onnxruntime, compiled; the backend that is running only holds the tensors. */
export const compiled: Evaluate = async (run, inputs) => {
  const specs = Object.fromEntries(
    Object.entries(inputs).map(([name, { shape, dtype }]) => [
      name,
      { shape, dtype: dtype === 'int32' ? ('int32' as const) : ('float32' as const) },
    ]),
  );
  const compiledRun = await compile(run, { inputs: specs });
  try {
    const values = await compiledRun.run(await feedsOf(inputs));
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        tf.tensor(value, [...compiledRun.outputs[name]!.shape]),
      ]),
    );
  } finally {
    await compiledRun.dispose();
  }
};

async function feedsOf(inputs: Tensors): Promise<Feeds> {
  const feeds: Record<string, Feeds[string]> = {};
  for (const [name, tensor] of Object.entries(inputs)) {
    feeds[name] = (await tensor.data()) as Float32Array | Int32Array;
  }
  return feeds;
}
