/** Operators that give the same elements another shape. */
import { tf } from '@fovea/tensor';
import type { Call, Operators } from '../call.ts';
import { broadcastShape, vector, type HostTensor } from '../host-tensor.ts';
import { reshapedLabels, usualLabels } from '../labels.ts';
import {
  normalAxis,
  orderOf,
  rankOf,
  shapeOf,
  type HostValue,
  type Label,
  type Operand,
  type TensorValue,
} from '../operand.ts';
import { checkEngineSize } from './engine-size.ts';
import { axesOf } from './reduction.ts';

function labelsOf(operand: Operand): readonly Label[] {
  return operand.kind === 'tensor' ? operand.labels : usualLabels(rankOf(operand));
}

/** With the most images: an axis of length one tells little. */
function lastShape(operand: Operand): readonly number[] {
  return operand.kind === 'tensor' ? operand.shapes.at(-1)! : shapeOf(operand);
}

/** @param target from the shape of the value and the numbers given */
function reshaped(
  call: Call,
  operand: Operand,
  target: (shape: readonly number[], numbers: readonly HostTensor[]) => readonly number[],
  hosts: readonly HostValue[] = [],
): TensorValue {
  const x = call.plain(operand);
  return call.define({
    operands: [x],
    hosts,
    labels: (to) => reshapedLabels(lastShape(x), labelsOf(x), to),
    compute: ([tensor], numbers) => tensor!.reshape([...target(tensor!.shape, numbers)]),
  });
}

function reshape(call: Call): Operand {
  const shape = call.host(1) ?? call.refuse('it is given no shape');
  const operand = call.operand(0);
  const allowZero = call.int('allowzero', 0) === 1;
  const writesBatch = shape.sources.length === 0 && shape.evaluate([]).data[0] === call.fixedBatch;
  const keepsBatch = writesBatch && isPerImage(operand);
  const isSame = (length: number, axis: number) => (length === 0 && !allowZero) || (axis === 0 && keepsBatch);
  return reshaped(
    call,
    operand,
    (from, [wanted]) => wanted!.data.map((length, axis) => (isSame(length, axis) ? from[axis]! : length)),
    [shape],
  );
}

/** Whether its first axis counts the images, to which a file that was exported for so many refers by their number. */
function isPerImage(operand: Operand): boolean {
  return (
    operand.kind === 'tensor' && operand.shapes.length > 1 && operand.shapes[0]![0] !== operand.shapes[1]![0]
  );
}

function flatten(call: Call): Operand {
  const operand = call.operand(0);
  const given = call.int('axis', 1);
  const axis = given === rankOf(operand) ? given : normalAxis(given, rankOf(operand));
  return reshaped(call, operand, (shape) => {
    const size = (lengths: readonly number[]) => lengths.reduce((product, length) => product * length, 1);
    return [size(shape.slice(0, axis)), size(shape.slice(axis))];
  });
}

function squeeze(call: Call): Operand {
  const operand = call.operand(0);
  const rank = rankOf(operand);
  const axes = axesOf(call, rank) ?? shapeOf(operand).flatMap((length, axis) => (length === 1 ? [axis] : []));
  return reshaped(call, operand, (shape) => {
    const wrong = axes.find((axis) => shape[axis] !== 1);
    if (wrong !== undefined) throw new Error(`axis ${wrong} of [${shape.join(', ')}] has not length 1`);
    return shape.filter((_, axis) => !axes.includes(axis));
  });
}

function unsqueeze(call: Call): Operand {
  const operand = call.operand(0);
  const given = call.constant(1)?.data ?? call.ints('axes') ?? [];
  const rank = rankOf(operand) + given.length;
  const axes = new Set(given.map((axis) => normalAxis(axis, rank)));
  return reshaped(call, operand, (shape) => {
    const rest = [...shape];
    return Array.from({ length: rank }, (_, axis) => (axes.has(axis) ? 1 : rest.shift()!));
  });
}

/** Costs nothing where it only undoes, or does, what the engine's order of axes differs by. */
function transpose(call: Call): Operand {
  const operand = call.operand(0);
  const rank = rankOf(operand);
  const order = call.ints('perm') ?? Array.from({ length: rank }, (_, axis) => rank - 1 - axis);
  if (order.length !== rank || new Set(order.map((axis) => normalAxis(axis, rank))).size !== rank) {
    call.refuse(`its perm is [${order.join(', ')}]`);
  }
  if (operand.kind === 'host') {
    return call.define({ operands: [operand], compute: ([value]) => value!.transpose([...order]) });
  }
  const held = orderOf[operand.layout](rank);
  const layouts = rank === 4 ? (['plain', 'channelsLast'] as const) : (['plain'] as const);
  const candidates = layouts.map((layout) => ({
    layout,
    moves: orderOf[layout](rank).map((axis) => held.indexOf(order[axis]!)),
  }));
  const { layout, moves } =
    candidates.find(({ moves }) => moves.every((axis, index) => axis === index)) ?? candidates[0]!;
  const stays = moves.every((axis, index) => axis === index);
  return call.define({
    operands: [operand],
    layout,
    labels: moves.map((axis) => operand.labels[axis]!),
    field: operand.node.field,
    compute: ([value]) => (stays ? value! : value!.transpose(moves)),
  });
}

function expand(call: Call): Operand {
  const shape = call.host(1) ?? call.refuse('it is given no shape');
  return call.define({
    operands: [call.plain(call.operand(0))],
    hosts: [shape],
    compute: ([value], [wanted]) => {
      const target = broadcastShape(value!.shape, wanted!.data);
      checkEngineSize(target);
      return tf.broadcastTo(value!, target);
    },
  });
}

function tile(call: Call): Operand {
  const repeats = call.host(1) ?? call.refuse('it is not told how often');
  const x = call.plain(call.operand(0));
  return call.define({
    operands: [x],
    labels: labelsOf(x),
    hosts: [repeats],
    compute: ([value], [times]) => {
      checkEngineSize(value!.shape.map((length, axis) => length * times!.data[axis]!));
      return tf.tile(value!, [...times!.data]);
    },
  });
}

/** [batch, channels, height, width] → [batch, channels / block², height · block, width · block]. */
function depthToSpace(call: Call): Operand {
  const image = imageOperand(call);
  const block = call.int('blocksize', 1);
  const channels = image.shapes[0]![1]!;
  if (!(block >= 1) || channels % block ** 2 !== 0)
    call.refuse(`blocks of ${block}² do not divide ${channels} channels`);
  const isColumnRow = call.text('mode', 'DCR') === 'CRD';
  const depth = channels / block ** 2;
  const order = Array.from(
    { length: channels },
    (_, index) => (index % depth) * block ** 2 + Math.floor(index / depth),
  );
  return call.define({
    operands: [image],
    layout: 'channelsLast',
    labels: image.labels,
    compute: ([x]) => {
      const sorted = isColumnRow ? tf.gather(x!, order, 3) : x!;
      return tf.depthToSpace(sorted as tf.Tensor4D, block, 'NHWC');
    },
  });
}

/** The inverse of the above, in its mode DCR. */
function spaceToDepth(call: Call): Operand {
  const image = imageOperand(call);
  const block = call.int('blocksize', 1);
  const [, , height, width] = image.shapes[0]!;
  if (!(block >= 1) || height! % block !== 0 || width! % block !== 0) {
    call.refuse(`blocks of ${block}² do not divide ${height}×${width} positions`);
  }
  return call.define({
    operands: [image],
    layout: 'channelsLast',
    labels: image.labels,
    compute: ([x]) => {
      const parts = Array.from({ length: block ** 2 }, (_, part) =>
        tf.stridedSlice(x!, [0, Math.floor(part / block), part % block, 0], x!.shape, [1, block, block, 1]),
      );
      return tf.concat(parts, 3);
    },
  });
}

function imageOperand(call: Call): TensorValue {
  if (rankOf(call.operand(0)) !== 4) call.refuse('its input is no image');
  return call.channelsLast(call.operand(0));
}

/** A shape is known before any element is. */
function shape(call: Call): Operand {
  const operand = call.operand(0);
  const rank = rankOf(operand);
  const from = bounded(call.int('start', 0), rank);
  const to = bounded(call.int('end', rank), rank);
  if (operand.kind === 'host') {
    const { sources } = operand;
    if (operand.parameter)
      return { kind: 'host', sources: [], evaluate: () => vector(operand.parameter!.shape.slice(from, to)) };
    return {
      kind: 'host',
      sources,
      evaluate: (shapes) => vector(operand.evaluate(shapes).shape.slice(from, to)),
    };
  }
  return { kind: 'host', sources: [operand], evaluate: ([known]) => vector(known!.slice(from, to)) };
}

function bounded(index: number, rank: number): number {
  return Math.min(rank, Math.max(0, index < 0 ? index + rank : index));
}

function size(call: Call): Operand {
  const dimensions = shape(call) as HostValue;
  return {
    kind: 'host',
    sources: dimensions.sources,
    evaluate: (shapes) => {
      const { data } = dimensions.evaluate(shapes);
      return { type: 'int', shape: [], data: [data.reduce((product, length) => product * length, 1)] };
    },
  };
}

function identity(call: Call): Operand {
  if ((call.node.outputs[1] ?? '') !== '') call.refuse('it is asked for its mask');
  return call.operand(0);
}

export const shapingOperators: Operators = {
  Reshape: reshape,
  Flatten: flatten,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Transpose: transpose,
  Expand: expand,
  Tile: tile,
  DepthToSpace: depthToSpace,
  SpaceToDepth: spaceToDepth,
  Shape: shape,
  Size: size,
  Identity: identity,
  Dropout: identity,
};
