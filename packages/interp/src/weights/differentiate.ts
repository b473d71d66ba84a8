/** The weights between two layers as gradients of the linearised network. */
import { inOrder, type HookedModel } from '@fovea/models';
import { tf } from '@fovea/tensor';
import { cutBetween, imageInput, runCut } from '../cut.ts';
import { startExecution, type Computation } from '../execution/execution.ts';
import { linearizedModel, type Linearization } from './linearized-model.ts';
import { seenWindow, type SeenWindow } from './seen-window.ts';
import type { Way } from './way.ts';

/** Of the largest layer that one gradient goes through. */
const mostValues = 2 ** 24;

/** Of one unit of the target. */
export interface UnitGradient extends SeenWindow {
  readonly unit: number;
  /** [in, height, width], row after row */
  readonly values: Float32Array;
}

/**
 * The gradients of some units of the target, at its central position, with respect to the source, around zero: over the
 * window that the position sees, zero beyond the edges of the picture. A target without positions sees the mean over
 * all: a window of one.
 */
export async function* differentiatedWeights(
  model: HookedModel,
  way: Way,
  units: readonly number[],
  linearization: Linearization = {},
): AsyncGenerator<UnitGradient> {
  const window = seenWindow(way);
  const batch = Math.min(units.length, batchFor(way));
  const computation = gradientsOf(linearizedModel(model, linearization), way, window, batch);
  using execution = await startExecution(computation);
  for (let first = 0; first < units.length; first += batch) {
    const chosen = units.slice(first, first + batch);
    const { gradients } = await execution.run({ chosen: oneHot(chosen, batch, way.to.node.shape.at(-1)!) });
    const length = gradients!.length / batch;
    for (const [place, unit] of chosen.entries()) {
      const values = gradients!.slice(place * length, (place + 1) * length);
      yield { unit, values, ...(window ?? { size: [1, 1], stride: [1, 1], offset: [0, 0] }) };
    }
  }
}

function batchFor({ to }: Way): number {
  const largest = Math.max(...inOrder([to.node]).map(({ shape }) => tf.util.sizeFromShape([...shape])));
  return Math.max(1, Math.floor(mostValues / largest));
}

/** [batch, channels]: the unit of each gradient; those of a last batch that has fewer are all zero. */
function oneHot(units: readonly number[], batch: number, channels: number): Float32Array {
  const chosen = new Float32Array(batch * channels);
  for (const [place, unit] of units.entries()) chosen[place * channels + unit] = 1;
  return chosen;
}

function gradientsOf(
  linear: HookedModel,
  way: Way,
  window: SeenWindow | undefined,
  batch: number,
): Computation {
  const cut = cutBetween(linear, way.from.name, way.to.name);
  const { image } = imageInput(linear, cut);
  return {
    model: linear,
    key: ['gradients of weights', way.from.name, way.to.name],
    inputs: { chosen: { shape: [batch, way.to.node.shape.at(-1)!] } },
    run({ chosen }) {
      const zeros = image && tf.zeros([...image.shape]);
      const wanted = (source: tf.Tensor) =>
        central(runCut(linear, cut, source, zeros))
          .mul(chosen!)
          .sum();
      const whole = tf.grad(wanted)(tf.zeros([batch, ...cut.shape]));
      return { gradients: channelsFirst(seenPart(whole, way, window)) };
    },
  };
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
