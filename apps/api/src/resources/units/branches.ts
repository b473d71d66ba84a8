/** Which part of a joined layer a channel comes from. */
import type { FoundLayer, Queryable } from '@fovea/platform';

export interface Branch {
  /** Without the name of the layer before it: `branch3x3` of `mixed4a.branch3x3`. */
  readonly name: string;
  /** Its channels are `start` to `end` − 1. */
  readonly start: number;
  readonly end: number;
}

/** Of a layer that joins others, in the order of its channels; empty for any other layer. */
export async function branchesOf(db: Queryable, { model, layer }: FoundLayer): Promise<Branch[]> {
  if (layer.kind !== 'concat' || layer.sources.length < 2) return [];
  const sources = await db.layer.findMany({
    where: { modelId: model.id, name: { in: layer.sources } },
    select: { name: true, channels: true },
  });
  const channelsOf = new Map(sources.map(({ name, channels }) => [name, channels]));
  let start = 0;
  return layer.sources.map((name) => {
    const end = start + (channelsOf.get(name) ?? 0);
    const branch = { name: name.replace(`${layer.name}.`, ''), start, end };
    start = end;
    return branch;
  });
}

export const branchAt = (branches: readonly Branch[], channel: number): string | null =>
  branches.find(({ start, end }) => start <= channel && channel < end)?.name ?? null;

/** A logit is called after its class. */
export function labelOf({ model, layer }: FoundLayer, channel: number): string | null {
  return layer.channels === model.classes.length && layer.shape.length === 1
    ? (model.classes[channel] ?? null)
    : null;
}
