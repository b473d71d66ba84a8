import type { HookedModel, HookPoint } from '@fovea/models';
import { positionGrid } from '../position-grid.ts';
import { tokenGroups } from '../sweep/token-groups.ts';
import type { tf } from '@fovea/tensor';

/**
 * The largest value of each channel in the middle of the image: [batch, channels]. Of a feature map that is the square of
 * `window` × `window` positions about (⌊height/2⌋, ⌊width/2⌋), of tokens the same among the patches, or as much of it as
 * there is; a layer without positions is taken as it is.
 * @param value of the layer, [batch, ..., channels]
 */
export function centralMaximum(
  value: tf.Tensor,
  model: Pick<HookedModel, 'hookPoints' | 'preprocessing'>,
  point: HookPoint,
  window: number,
): tf.Tensor {
  if (point.axes.length === 1) return value;
  const map = point.axes[0] === 'position' ? patchesInRows(value, model, point) : value;
  const [batch, height, width, channels] = map.shape as [number, number, number, number];
  const [top, rows] = middle(height, window);
  const [left, columns] = middle(width, window);
  return map.slice([0, top, left, 0], [batch, rows, columns, channels]).max([1, 2]);
}

/** Where the window begins, and how long it is. */
function middle(length: number, window: number): [start: number, length: number] {
  const start = Math.max(0, Math.floor(length / 2) - Math.floor(window / 2));
  return [start, Math.min(window, length - start)];
}

function patchesInRows(
  value: tf.Tensor,
  model: Pick<HookedModel, 'hookPoints' | 'preprocessing'>,
  point: HookPoint,
): tf.Tensor {
  const { start, count } = tokenGroups(model, point).at(-1)!;
  const [batch, , channels] = value.shape as [number, number, number];
  const patches = value.slice([0, start, 0], [batch, count, channels]);
  return patches.reshape([batch, ...positionGrid([count], model.preprocessing), channels]);
}
