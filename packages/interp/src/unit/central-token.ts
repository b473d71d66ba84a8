import type { HookedModel, HookPoint } from '@fovea/models';
import { positionGrid } from '../position-grid.ts';
import { tokenGroups } from '../sweep/token-groups.ts';

/**
 * The index of the token in the middle of the picture: after the class token and its like, the patch in the middle row
 * and column. Undefined for layers that count no tokens.
 */
export function centralToken(
  model: Pick<HookedModel, 'hookPoints' | 'preprocessing'>,
  point: HookPoint,
): number | undefined {
  if (!point.axes.includes('position')) return undefined;
  const { start, count } = tokenGroups(model, point).at(-1)!;
  const [rows, columns] = positionGrid([count], model.preprocessing);
  return start + Math.floor(rows / 2) * columns + Math.floor(columns / 2);
}
