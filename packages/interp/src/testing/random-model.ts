/** A hooked model of any variant, with normal weights of which none is large; variances are positive. */
import { hookedModel, networkOf, type HookedModel, type Variant } from '@fovea/models';
import { randomFor, tf } from '@fovea/tensor';

export function randomModel(variant: Variant): HookedModel {
  const random = randomFor(7, 0, 'weights');
  const network = networkOf(variant);
  const weights = new Map(
    network.tensors.map(({ name, shape, toEngine }) => {
      const engineShape = toEngine ? toEngine.map((axis) => shape[axis]!) : [...shape];
      const count = tf.util.sizeFromShape(engineShape);
      const values = Float32Array.from({ length: count }, () => 0.3 * random.normal());
      if (name.endsWith('.running_var'))
        values.forEach((value, index) => (values[index] = 1 + Math.abs(value)));
      return [name, tf.tensor(values, engineShape)];
    }),
  );
  const { name, preprocessing } = variant;
  const identity = { name, architecture: name, variant: name, digest: '0'.repeat(64), preprocessing };
  return hookedModel(identity, network, weights);
}
