/** What a patch replaces: parts of a layer's value. */
import { selectedAlong, type HookPoint, type Selection } from '@fovea/models';
import { tf } from '@fovea/tensor';

/** A selection, or several of which each is patched: any set of positions, channels and heads. */
export type PatchNode = Selection | readonly Selection[];

/** The layer as a whole. */
export const wholeLayer: PatchNode = {};

type GridAxis = 'channels' | 'heads' | 'positions' | 'queries' | 'keys';

const kinds = {
  channels: ['channel'],
  heads: ['head'],
  positions: ['height', 'width', 'position'],
  queries: ['query'],
  keys: ['key'],
} as const;

/** One node for each index along an axis, or for each combination of them; the last axis runs fastest. */
export function gridNodes(
  { axes, shape }: Pick<HookPoint, 'axes' | 'shape'>,
  ...along: readonly GridAxis[]
): Selection[] {
  return along.reduce<Selection[]>(
    (nodes, name) => {
      const own: readonly string[] = kinds[name];
      const length = tf.util.sizeFromShape(shape.filter((_, place) => own.includes(axes[place]!)));
      return nodes.flatMap((node) => Array.from({ length }, (_, index) => ({ ...node, [name]: [index] })));
    },
    [{}],
  );
}

/**
 * Writes 1 into `mask`, [...shape] of the layer, wherever a node replaces its value.
 * @throws SelectionError
 */
export function writeMask(
  mask: Float32Array,
  point: Pick<HookPoint, 'name' | 'axes' | 'shape'>,
  node: PatchNode,
): void {
  for (const selection of [node].flat<PatchNode[]>())
    for (const offset of offsetsOf(point, selection)) mask[offset] = 1;
}

/** Of what is selected, in the layer's value row by row. */
function offsetsOf(point: Pick<HookPoint, 'name' | 'axes' | 'shape'>, selection: Selection): number[] {
  const { shape } = point;
  const selected = selectedAlong(point, [1, ...shape], selection);
  let offsets = [0];
  for (let place = 0; place < shape.length;) {
    const along = selected.find(({ axes }) => axes[0] === place + 1);
    const end = place + (along?.axes.length ?? 1);
    const stride = tf.util.sizeFromShape(shape.slice(end));
    const indices = Array.from({ length: along?.flags.length ?? shape[place]! }, (_, index) => index);
    const steps = indices.filter((index) => along?.flags[index] !== 0).map((index) => index * stride);
    offsets = offsets.flatMap((offset) => steps.map((step) => offset + step));
    place = end;
  }
  return offsets;
}
