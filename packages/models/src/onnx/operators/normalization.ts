import { tf } from '@fovea/tensor';
import type { Call, Operators } from '../call.ts';
import { normalAxis, rankOf, shapeOf, type Operand, type TensorValue } from '../operand.ts';

function isImage(call: Call): boolean {
  return rankOf(call.operand(0)) === 4;
}

/** As an image, or as [batch, channels]. */
function channelwise(call: Call): TensorValue {
  const operand = call.operand(0);
  if (isImage(call)) return call.channelsLast(operand);
  if (rankOf(operand) !== 2) call.refuse(`its input has ${rankOf(operand)} axes: supported are 2 and 4`);
  return call.plain(operand) as TensorValue;
}

/** The same shape and layout as `x`. */
function like(x: Operand): Pick<TensorValue, 'layout' | 'labels'> | undefined {
  return x.kind === 'tensor' ? { layout: x.layout, labels: x.labels } : undefined;
}

function batchNormalization(call: Call): TensorValue {
  if (call.int('training_mode', 0) === 1)
    call.refuse('it is in training mode: export the network in evaluation mode');
  const x = channelwise(call);
  const [scale, offset, mean, variance] = [1, 2, 3, 4].map((index) => call.plain(call.operand(index)));
  const epsilon = call.float('epsilon', 1e-5);
  return call.define({
    kind: 'batch_norm',
    operands: [x, mean!, variance!, offset!, scale!],
    ...like(x),
    field: x.node.field,
    compute: ([image, center, spread, beta, gamma]) =>
      tf.batchNorm(
        image as tf.Tensor4D,
        center as tf.Tensor1D,
        spread as tf.Tensor1D,
        beta as tf.Tensor1D,
        gamma as tf.Tensor1D,
        epsilon,
      ),
  });
}

function normalized(x: tf.Tensor, axes: number[], epsilon: number): tf.Tensor {
  const centered = x.sub(x.mean(axes, true));
  const deviation = centered.square().mean(axes, true).add(epsilon).sqrt();
  return centered.div(deviation);
}

function instanceNormalization(call: Call): TensorValue {
  const x = isImage(call) ? call.channelsLast(call.operand(0)) : call.plain(call.operand(0));
  const rank = rankOf(x);
  if (rank < 3) call.refuse(`its input has ${rank} axes`);
  const positions = Array.from({ length: rank - 2 }, (_, axis) => axis + (isImage(call) ? 1 : 2));
  const perChannel = isImage(call) ? [-1] : [-1, ...positions.map(() => 1)];
  const epsilon = call.float('epsilon', 1e-5);
  return call.define({
    kind: 'instance_norm',
    operands: [x, call.plain(call.operand(1)), call.plain(call.operand(2))],
    ...like(x),
    compute: ([value, scale, offset]) =>
      normalized(value!, positions, epsilon).mul(scale!.reshape(perChannel)).add(offset!.reshape(perChannel)),
  });
}

/** Over `axis` and those after it, step by step: what it divides by can be told from what it divides. */
function layerNormalization(call: Call): TensorValue {
  if (call.node.outputs.slice(1).some((name) => name !== ''))
    call.refuse('it is asked for mean or deviation');
  const x = call.plain(call.operand(0));
  const rank = rankOf(x);
  const first = normalAxis(call.int('axis', -1), rank);
  const axes = Array.from({ length: rank - first }, (_, index) => first + index);
  const epsilon = call.float('epsilon', 1e-5);
  const others = [1, 2].flatMap((index) => call.operands[index] ?? []).map((operand) => call.plain(operand));
  const field = x.kind === 'tensor' ? x.node.field : undefined;
  const overChannels = first === rank - 1;
  const centered = call.define({
    kind: overChannels ? 'center' : 'center_all',
    operands: [x],
    ...like(x),
    field,
    compute: ([value]) => value!.sub(value!.mean(axes, true)),
  });
  const deviation = call.define({
    kind: overChannels ? 'ln_scale' : 'ln_scale_all',
    operands: [centered],
    ...like(x),
    field,
    compute: ([value]) => value!.square().mean(axes, true).add(epsilon).sqrt(),
  });
  const divided = call.define({
    kind: 'layer_norm',
    operands: [centered, deviation],
    ...like(x),
    field,
    compute: ([value, by]) => value!.div(by!),
  });
  return call.define({
    kind: 'affine',
    operands: [divided, ...others],
    ...like(x),
    field,
    compute: ([value, scale, offset]) => {
      const scaled = value!.mul(scale!);
      return offset ? scaled.add(offset) : scaled;
    },
  });
}

/** Before opset 21, scale and offset were per group. */
function groupNormalization(call: Call): TensorValue {
  if (!isImage(call)) call.refuse('its input is no image');
  const x = call.channelsLast(call.operand(0));
  const groups = call.int('num_groups', 1);
  const epsilon = call.float('epsilon', 1e-5);
  const channels = x.shapes[0]![1]!;
  if (!(groups >= 1) || channels % groups !== 0)
    call.refuse(`${groups} groups do not divide ${channels} channels`);
  return call.define({
    kind: 'group_norm',
    operands: [x, call.plain(call.operand(1)), call.plain(call.operand(2))],
    ...like(x),
    compute: ([image, scale, offset]) => {
      const [batch, height, width] = image!.shape;
      const grouped = image!.reshape([batch, height! * width!, groups, channels / groups]);
      const divided = normalized(grouped, [1, 3], epsilon);
      const perChannel = (vector: tf.Tensor) =>
        vector.reshape([-1, vector.size === groups ? 1 : channels / groups]);
      return divided.mul(perChannel(scale!)).add(perChannel(offset!)).reshape(image!.shape);
    },
  });
}

/** x / (bias + alpha / size · Σ x²)^beta over `size` neighbouring channels. */
function localResponseNormalization(call: Call): TensorValue {
  if (!isImage(call)) call.refuse('its input is no image');
  const x = call.channelsLast(call.operand(0));
  const size = call.int('size', 1);
  if (!(size >= 1) || size % 2 !== 1) call.refuse(`its size is ${size}: odd ones are supported`);
  const radius = Math.min((size - 1) / 2, x.shapes[0]![1]!);
  const [alpha, beta, bias] = [call.float('alpha', 1e-4), call.float('beta', 0.75), call.float('bias', 1)];
  return call.define({
    kind: 'local_response_norm',
    operands: [x],
    ...like(x),
    field: x.node.field,
    compute: ([image]) =>
      tf.localResponseNormalization(image as tf.Tensor4D, radius, bias, alpha / size, beta),
  });
}

/** Along one axis, to a length of one. */
function lpNormalization(call: Call): TensorValue {
  const x = call.plain(call.operand(0));
  const axis = normalAxis(call.int('axis', -1), shapeOf(x).length);
  const order = call.int('p', 2);
  return call.define({
    kind: 'lp_norm',
    operands: [x],
    ...like(x),
    compute: ([value]) =>
      value!.div(order === 1 ? value!.abs().sum(axis, true) : value!.square().sum(axis, true).sqrt()),
  });
}

export const normalizationOperators: Operators = {
  BatchNormalization: batchNormalization,
  InstanceNormalization: instanceNormalization,
  LayerNormalization: layerNormalization,
  GroupNormalization: groupNormalization,
  LRN: localResponseNormalization,
  LpNormalization: lpNormalization,
};
