/** The weights between two layers as gradients of the linearised network. */
import { inOrder, type HookedModel, type Node } from '@fovea/models';
import { tf } from '@fovea/tensor';
import { cutBetween, imageInput, runCut, type Cut } from '../cut.ts';
import { linearizedModel, type Linearization } from './linearized-model.ts';
import type { Way } from './way.ts';
import { WeightsError } from './weights-error.ts';

type Pair = readonly [number, number];

/** The part of the source that a position of the target sees. */
export interface SeenWindow {
  readonly size: Pair;
  readonly stride: Pair;
  readonly offset: Pair;
}

/**
 * Nothing where source or target is no image.
 * @throws WeightsError where it is not known what a position sees, as behind an upsampling
 */
export function seenWindow({ from, to }: Way): SeenWindow | undefined {
  if (!isSpatial(from.node) || !isSpatial(to.node)) return undefined;
  const [near, far] = [from.node.field, to.node.field];
  if (!near || !far)
    throw new WeightsError(
      'NO_WINDOW',
      `It is not known what a position of ${to.name} sees of ${from.name}: choose layers without resizing or a ` +
        'normalisation over positions before the later one',
    );
  const axes = [
    [near.height, far.height],
    [near.width, far.width],
  ] as const;
  const along = <Value>(read: (near: (typeof axes)[0][0], far: (typeof axes)[0][0]) => Value) =>
    axes.map(([a, b]) => read(a, b)) as unknown as readonly [Value, Value];
  return {
    size: along((a, b) => (b.end - b.start - (a.end - a.start)) / a.stride + 1),
    stride: along((a, b) => b.stride / a.stride),
    offset: along((a, b) => (b.start - a.start) / a.stride),
  };
}

function isSpatial({ axes }: Node): boolean {
  return axes[0] === 'height';
}

/** Of the largest layer that one gradient goes through. */
const mostValues = 2 ** 24;

/**
 * The gradients of some units of the target, at its central position, with respect to the source, around zero: [unit,
 * in, height, width] over the window that the position sees, zero beyond the edges of the picture. A target without
 * positions sees the mean over all: [unit, in, 1, 1].
 */
export async function differentiatedWeights(
  model: HookedModel,
  way: Way,
  units: readonly number[],
  linearization: Linearization = {},
): Promise<{ values: Float32Array; size: Pair; stride: Pair; offset: Pair }> {
  const linear = linearizedModel(model, linearization);
  const cut = cutBetween(linear, way.from.name, way.to.name);
  const window = seenWindow(way);
  const [height, width] = window?.size ?? [1, 1];
  const inputs = cut.shape.at(-1)!;
  const values = new Float32Array(units.length * height * width * inputs);
  const largest = Math.max(...inOrder([way.to.node]).map(({ shape }) => tf.util.sizeFromShape([...shape])));
  const batch = Math.max(1, Math.floor(mostValues / largest));
  for (let first = 0; first < units.length; first += batch) {
    const chosen = units.slice(first, first + batch);
    const gradient = tf.tidy(() => channelsFirst(seenPart(gradients(linear, cut, chosen), way, window)));
    values.set(await gradient.data<'float32'>(), first * height * width * inputs);
    gradient.dispose();
  }
  const { size, stride, offset } = window ?? { size: [1, 1], stride: [1, 1], offset: [0, 0] };
  return { values, size, stride, offset };
}

/** With respect to the whole source: [unit, ...source]. */
function gradients(linear: HookedModel, cut: Cut, units: readonly number[]): tf.Tensor {
  const { image } = imageInput(linear, cut);
  const grey = image && tf.zeros([...image.shape]);
  const start = tf.zeros([units.length, ...cut.shape]);
  return tf.grad((value: tf.Tensor) => {
    const target = runCut(linear, cut, value, grey);
    const channels = target.shape.at(-1)!;
    const chosen = tf.oneHot(tf.tensor1d([...units], 'int32'), channels);
    return central(target).mul(chosen.toFloat()).sum();
  })(start);
}

/** [batch, ..., channels] → [batch, channels] at the central position. */
function central(value: tf.Tensor): tf.Tensor {
  const positions = value.shape.slice(1, -1);
  const begin = [0, ...positions.map(centre), 0];
  const size = [-1, ...positions.map(() => 1), -1];
  return value.slice(begin, size).reshape([value.shape[0], value.shape.at(-1)!]);
}

function centre(length: number): number {
  return Math.floor(length / 2);
}

function seenPart(gradient: tf.Tensor, { from, to }: Way, window: SeenWindow | undefined): tf.Tensor {
  const [units, inputs] = [gradient.shape[0], gradient.shape.at(-1)!];
  if (!window) {
    // A change of the mean is the same change everywhere.
    const positions = gradient.reshape([units, -1, inputs]);
    return from.node.axes.includes('position') && to.node.axes.includes('position')
      ? positions.slice([0, centre(to.node.shape[0]!), 0], [-1, 1, -1])
      : positions.sum(1);
  }
  const begin = ([0, 1] as const).map(
    (axis) => centre(to.node.shape[axis]!) * window.stride[axis] + window.offset[axis],
  );
  const margins = ([0, 1] as const).map((axis): [number, number] => [
    Math.max(0, -begin[axis]!),
    Math.max(0, begin[axis]! + window.size[axis] - from.node.shape[axis]!),
  ]);
  const around = tf.pad(gradient, [[0, 0], ...margins, [0, 0]]);
  return around.slice(
    [0, begin[0]! + margins[0]![0], begin[1]! + margins[1]![0], 0],
    [-1, ...window.size, -1],
  );
}

/** [units, ..., in] → [units, in, ...]. */
function channelsFirst(gradient: tf.Tensor): tf.Tensor {
  const inputs = gradient.shape.at(-1)!;
  return gradient.reshape([gradient.shape[0], -1, inputs]).transpose([0, 2, 1]);
}
