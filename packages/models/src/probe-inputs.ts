/** What a self-test feeds a network, whatever it reads. */
import { randomFor, tf } from '@fovea/tensor';
import type { HookedModel, InputSpec } from './hooked-model.ts';
import { probeImages } from './probe-images.ts';

/** By the name of the input, preprocessed. */
export type ProbeInputs = Readonly<Record<string, tf.Tensor>>;

const imageCount = 8;

/** Of those that are given: more say little more. */
const mostImages = 16;

/** Networks that read something else than photographs are large, and their inputs are much alike. */
const otherCount = 2;

/** Small enough for any vocabulary or number of classes. */
const ids = 8;

/** @param images [batch, height, width, 3] in [0, 1] */
export function probeInputs(model: HookedModel, images?: tf.Tensor4D): ProbeInputs {
  const [main, ...others] = model.inputs;
  const { height, width } = model.preprocessing;
  const readsPhotographs = main!.axes[0] === 'height' && main!.shape.at(-1) === 3;
  const given = images && Math.min(images.shape[0], mostImages);
  const count = given ?? (readsPhotographs ? imageCount : otherCount);
  const first =
    images || readsPhotographs
      ? tf.tidy(() => model.preprocess(images?.slice(0, count) ?? probeImages(count, height, width)))
      : plausible(main!, count);
  return Object.fromEntries([
    [main!.name, first],
    ...others.map((spec) => [spec.name, plausible(spec, count)] as const),
  ]);
}

/** Noise of unit variance, as latents and embeddings are; ids; or 0.5, which is some time on any scale. */
function plausible({ name, shape, dtype }: InputSpec, count: number): tf.Tensor {
  const size = [count, ...shape];
  const length = size.reduce((product, axis) => product * axis, 1);
  if (dtype === 'int32')
    return tf.tensor(
      Int32Array.from({ length }, (_, index) => index % ids),
      size,
      dtype,
    );
  const random = randomFor(0, 0, `self-test ${name}`);
  const value = () => (shape.length === 0 ? 0.5 : random.normal());
  return tf.tensor(Float32Array.from({ length }, value), size);
}
