/** Which tokens are summed up together: the class token has other statistics than the patches. */
import type { HookedModel, HookPoint } from '@fovea/models';
import type { tf } from '@fovea/tensor';
import { layerAxes, unitsByPositions } from '../layer-axes.ts';

export interface TokenGroup {
  /** Undefined where positions are not tokens, or all are of a kind. `extra`: distillation token, registers. */
  readonly tokens?: 'class' | 'extra' | 'patches';
  readonly start: number;
  readonly count: number;
}

/**
 * Those of a layer. Positions beyond one for each pixel of the feature map from which the tokens were made come first:
 * the class token, then the others.
 */
export function tokenGroups(model: Pick<HookedModel, 'hookPoints'>, point: HookPoint): TokenGroup[] {
  const place = point.axes.indexOf('position');
  const positions = place < 0 ? 1 : point.shape[place]!;
  const patches = place < 0 ? 0 : pixelsAbove(model, point);
  const special = positions - patches;
  if (patches === 0 || special <= 0) return [{ start: 0, count: positions }];
  const groups: TokenGroup[] = [
    { tokens: 'class', start: 0, count: 1 },
    { tokens: 'extra', start: 1, count: special - 1 },
    { tokens: 'patches', start: special, count: patches },
  ];
  return groups.filter(({ count }) => count > 0);
}

/** The layer as if it had the group's tokens only. */
export function groupPoint(point: HookPoint, group: TokenGroup): Pick<HookPoint, 'axes' | 'shape'> {
  const shape = point.shape.map((length, place) => (point.axes[place] === 'position' ? group.count : length));
  return { axes: point.axes, shape };
}

/** The layer's value [batch, ...] as [batch, units, positions of the group]. */
export function groupValues(value: tf.Tensor, point: HookPoint, group: TokenGroup): tf.Tensor3D {
  return unitsByPositions(ofGroup(value, point, group), layerAxes(groupPoint(point, group)));
}

function ofGroup(value: tf.Tensor, { axes }: HookPoint, { tokens, start, count }: TokenGroup): tf.Tensor {
  if (tokens === undefined) return value;
  const along = axes.indexOf('position') + 1;
  const begin = value.shape.map((_, axis) => (axis === along ? start : 0));
  return value.slice(
    begin,
    value.shape.map((length, axis) => (axis === along ? count : length)),
  );
}

/** Of the nearest feature map that a layer is computed from; 0 where there is none. */
function pixelsAbove({ hookPoints }: Pick<HookedModel, 'hookPoints'>, point: HookPoint): number {
  const byName = new Map(hookPoints.map((each) => [each.name, each]));
  const reached = new Set(point.sources);
  for (const name of reached) {
    const source = byName.get(name);
    if (!source) continue;
    const [height, width] = [source.axes.indexOf('height'), source.axes.indexOf('width')];
    if (height >= 0 && width >= 0) return source.shape[height]! * source.shape[width]!;
    for (const further of source.sources) reached.add(further);
  }
  return 0;
}
