/** Which positions of one layer a position of a later one sees, by the ways that weights go. */
import { edges, inOrder, pair, type Node } from '@fovea/models';
import { isHeld, rolesOf } from './linear-operations.ts';
import type { Way } from './way.ts';
import { WeightsError } from './weights-error.ts';

type Pair = readonly [number, number];

/** Position p of the target sees `size` positions of the source, from `stride · p + offset` on. */
export interface SeenWindow {
  readonly size: Pair;
  readonly stride: Pair;
  readonly offset: Pair;
}

/**
 * Nothing where source or target is no image.
 * @throws WeightsError where images are resized between the two
 */
export function seenWindow({ from, to }: Way): SeenWindow | undefined {
  if (!isSpatial(from.node) || !isSpatial(to.node)) return undefined;
  const order = inOrder([to.node]);
  const roles = rolesOf(order);
  const seen = new Map<Node, SeenWindow>([[from.node, { size: [1, 1], stride: [1, 1], offset: [0, 0] }]]);
  for (const node of order) {
    const windows = node.inputs.flatMap((input) => seen.get(input) ?? []);
    if (seen.has(node) || windows.length === 0 || isHeld(roles.get(node)!)) continue;
    seen.set(node, through(node, union(windows)));
  }
  return seen.get(to.node);
}

function through(node: Node, { size, stride, offset }: SeenWindow): SeenWindow {
  const [source] = node.inputs as [Node, ...Node[]];
  const { window, kind } = node.operation;
  if (!window) {
    if (isSpatial(node) && isSpatial(source) && !sameExtent(node, source))
      throw new WeightsError(
        'NO_WINDOW',
        `"${kind}" resizes images between the two layers: choose layers without it`,
      );
    return { size, stride, offset };
  }
  const reach = pair(window.size);
  const step = pair(window.stride);
  const [top, , left] = edges(extentOf(source), window.size, window.stride, window.padding);
  return {
    size: both((axis) => size[axis] + (reach[axis] - 1) * stride[axis]),
    stride: both((axis) => stride[axis] * step[axis]),
    offset: both((axis) => offset[axis] - stride[axis] * [top, left][axis]!),
  };
}

function union(windows: readonly SeenWindow[]): SeenWindow {
  const offset = both((axis) => Math.min(...windows.map((each) => each.offset[axis])));
  const end = both((axis) => Math.max(...windows.map((each) => each.offset[axis] + each.size[axis])));
  return { stride: windows[0]!.stride, offset, size: both((axis) => end[axis] - offset[axis]) };
}

function both(along: (axis: 0 | 1) => number): Pair {
  return [along(0), along(1)];
}

function isSpatial({ axes }: Node): boolean {
  return axes[0] === 'height';
}

function extentOf({ shape }: Node): Pair {
  return [shape[0]!, shape[1]!];
}

function sameExtent(a: Node, b: Node): boolean {
  return a.shape[0] === b.shape[0] && a.shape[1] === b.shape[1];
}
