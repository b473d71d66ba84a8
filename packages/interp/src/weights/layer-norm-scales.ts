/** By what layer norms divide on given images: a point at which to linearise. */
import { runNetwork, type HookedModel } from '@fovea/models';
import { tf } from '@fovea/tensor';

/**
 * The mean, over images and positions, of each layer norm's standard deviation, by the name of its hook point `.scale`.
 * @param images [batch, height, width, channels] in [0, 1]
 */
export async function layerNormScales(
  model: HookedModel,
  images: tf.Tensor4D,
): Promise<Record<string, number>> {
  const { network } = model;
  const names = [...network.hooks]
    .filter(([, { inputs }]) => inputs[0]!.operation.kind === 'ln_scale')
    .map(([name]) => name);
  if (names.length === 0) return {};
  const means = tf.tidy(() => {
    const values = runNetwork(network, model.weights, model.preprocess(images), { until: names });
    return tf.stack(names.map((name) => values[name]!.mean()));
  });
  const scales = await means.data<'float32'>();
  means.dispose();
  return Object.fromEntries(names.map((name, index) => [name, scales[index]!]));
}
