/** Activation functions, with the defaults that ONNX gives their parameters. */
import { tf } from '@fovea/tensor';
import type { Call, Operators } from '../call.ts';
import { rankOf, shapeOf, type Operand, type TensorValue } from '../operand.ts';
import { elementwise } from './elementwise.ts';

function activation(compute: (x: tf.Tensor, call: Call) => tf.Tensor) {
  return (call: Call): TensorValue => elementwise(call, [call.operand(0)], ([x]) => compute(x!, call));
}

function clip(call: Call): TensorValue {
  const bound = (index: number, name: string, otherwise: number): number => {
    const given = call.constant(index)?.data[0];
    return given ?? call.float(name, otherwise);
  };
  const low = bound(1, 'min', -Infinity);
  const high = bound(2, 'max', Infinity);
  const [x] = [call.operand(0)];
  if (low === 0 && high === 6) {
    return elementwise(call, [x], ([value], { nonlinearities }) => nonlinearities.relu6(value!), 'relu');
  }
  return elementwise(call, [x], ([value]) => tf.minimum(tf.maximum(value!, low), high));
}

/** max(x, 0) + slope · min(x, 0), with a slope for all, or one per channel: [channels, 1, 1]. */
function parametricRelu(call: Call): TensorValue {
  return elementwise(call, [call.operand(0), slopeFor(call)], ([x, slope]) =>
    tf.add(tf.relu(x!), tf.mul(slope!, tf.minimum(x!, 0))),
  );
}

/** A vector of slopes belongs to the channels, of which ONNX lets the positions be left out. */
function slopeFor(call: Call): Operand {
  const slope = call.operand(1);
  const [rank, length] = [rankOf(call.operand(0)), shapeOf(slope)[0] ?? 1];
  if (rankOf(slope) !== 1 || length === 1 || rank < 3) return slope;
  return call.define({
    operands: [slope],
    compute: ([value]) => value!.reshape([length, ...Array<number>(rank - 2).fill(1)]),
  });
}

function hardSigmoid(x: tf.Tensor, alpha: number, beta: number): tf.Tensor {
  return tf.minimum(tf.maximum(x.mul(alpha).add(beta), 0), 1);
}

function gelu(x: tf.Tensor, approximate: string): tf.Tensor {
  const inner =
    approximate === 'tanh'
      ? x
          .add(x.mul(x.square()).mul(0.044715))
          .mul(Math.sqrt(2 / Math.PI))
          .tanh()
      : x.div(Math.SQRT2).erf();
  return x.mul(inner.add(1)).mul(0.5);
}

/** ln(1 + exp(x)), which overflows nowhere. */
function softplus(x: tf.Tensor): tf.Tensor {
  return tf.relu(x).add(tf.log(tf.exp(tf.neg(tf.abs(x))).add(1)));
}

export const activationOperators: Operators = {
  Relu: (call) =>
    elementwise(call, [call.operand(0)], ([x], { nonlinearities }) => nonlinearities.relu(x!), 'relu'),
  LeakyRelu: activation((x, call) => tf.add(tf.relu(x), tf.mul(tf.minimum(x, 0), call.float('alpha', 0.01)))),
  PRelu: parametricRelu,
  Clip: clip,
  Sigmoid: activation((x) => tf.sigmoid(x)),
  HardSigmoid: activation((x, call) => hardSigmoid(x, call.float('alpha', 0.2), call.float('beta', 0.5))),
  HardSwish: activation((x) => x.mul(hardSigmoid(x, 1 / 6, 0.5))),
  Tanh: activation((x) => tf.tanh(x)),
  Gelu: activation((x, call) => gelu(x, call.text('approximate', 'none'))),
  Elu: activation((x, call) => tf.add(tf.relu(x), tf.expm1(tf.minimum(x, 0)).mul(call.float('alpha', 1)))),
  Selu: activation((x, call) => {
    const alpha = call.float('alpha', 1.67326319217681884765625);
    return tf
      .add(tf.relu(x), tf.expm1(tf.minimum(x, 0)).mul(alpha))
      .mul(call.float('gamma', 1.05070102214813232421875));
  }),
  Celu: activation((x, call) => {
    const alpha = call.float('alpha', 1);
    return tf.add(tf.relu(x), tf.expm1(tf.minimum(x, 0).div(alpha)).mul(alpha));
  }),
  Softplus: activation(softplus),
  Softsign: activation((x) => tf.div(x, tf.add(tf.abs(x), 1))),
  Mish: activation((x) => x.mul(tf.tanh(softplus(x)))),
};
