import { tf } from '@fovea/tensor';
import { pointwise, type Node } from '../graph.ts';

export function relu(x: Node): Node {
  return pointwise(x, {
    kind: 'relu',
    compute: ([value], { nonlinearities }) => nonlinearities.relu(value!),
  });
}

export function relu6(x: Node): Node {
  return pointwise(x, {
    kind: 'relu',
    compute: ([value], { nonlinearities }) => nonlinearities.relu6(value!),
  });
}

/** Over the last axis: what adds up to one. */
export function softmax(x: Node): Node {
  return pointwise(x, { kind: 'softmax', compute: ([value]) => tf.softmax(value!) });
}

/** Smooth activations by the names that configurations give them. */
const formulas = {
  /** x · Φ(x) (Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016). */
  gelu: (x: tf.Tensor) => x.mul(x.div(Math.SQRT2).erf().add(1)).mul(0.5),
  /** The same by way of tanh, to 1e-3. */
  gelu_tanh: (x: tf.Tensor) =>
    x
      .mul(
        x
          .add(x.mul(x).mul(x).mul(0.044715))
          .mul(Math.sqrt(2 / Math.PI))
          .tanh()
          .add(1),
      )
      .mul(0.5),
  /** x · σ(1.702 x), as in OpenAI's CLIP. */
  quick_gelu: (x: tf.Tensor) => x.mul(x.mul(1.702).sigmoid()),
  silu: (x: tf.Tensor) => x.mul(x.sigmoid()),
  tanh: (x: tf.Tensor) => x.tanh(),
  sigmoid: (x: tf.Tensor) => x.sigmoid(),
};

export type Activation = keyof typeof formulas | 'relu';

export function activation(x: Node, name: Activation): Node {
  if (name === 'relu') return relu(x);
  return pointwise(x, { kind: name, compute: ([value]) => formulas[name](value!) });
}
