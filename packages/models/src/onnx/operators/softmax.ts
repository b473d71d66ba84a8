import { tf } from '@fovea/tensor';
import type { Call, Operators } from '../call.ts';
import { engineAxis, normalAxis, rankOf, type TensorValue } from '../operand.ts';
import { elementwise } from './elementwise.ts';

/** Since opset 13 along one axis; before, over that axis and all after it. */
const alongOneAxis = 13;

function soft(compute: (x: tf.Tensor, axes: number[]) => tf.Tensor) {
  return (call: Call): TensorValue => {
    const operand = call.operand(0);
    const rank = rankOf(operand);
    const isNew = call.opset >= alongOneAxis;
    const axis = normalAxis(call.int('axis', isNew ? -1 : 1), rank);
    if (isNew && operand.kind === 'tensor') {
      const along = engineAxis(operand, axis);
      return elementwise(call, [operand], ([x]) => compute(x!, [along]));
    }
    const axes = isNew ? [axis] : Array.from({ length: rank - axis }, (_, index) => axis + index);
    return elementwise(call, [call.plain(operand)], ([x]) => compute(x!, axes));
  };
}

function softmax(x: tf.Tensor, axes: number[]): tf.Tensor {
  if (axes.length === 1 && axes[0] === x.rank - 1) return tf.softmax(x);
  const exponentials = tf.exp(x.sub(x.max(axes, true)));
  return exponentials.div(exponentials.sum(axes, true));
}

function logSoftmax(x: tf.Tensor, axes: number[]): tf.Tensor {
  const shifted = x.sub(x.max(axes, true));
  return shifted.sub(shifted.exp().sum(axes, true).log());
}

export const softmaxOperators: Operators = {
  Softmax: soft(softmax),
  LogSoftmax: soft(logSoftmax),
};
