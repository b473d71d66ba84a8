import type { HookedModel } from '../hooked-model.ts';

/** Which hook points: a name, an alias, a pattern, a predicate, or several of them. */
export type LayerFilter =
  string | RegExp | ((name: string) => boolean) | readonly (string | RegExp | ((name: string) => boolean))[];

/**
 * The names of the hook points that a filter lets through, in the order of computation.
 * @throws UnknownLayerError for a name that the model does not have
 */
export function layersOf(
  model: Pick<HookedModel, 'hookPoint' | 'hookPoints'>,
  filter: LayerFilter,
): string[] {
  const parts = [filter].flat() as (string | RegExp | ((name: string) => boolean))[];
  const named = new Set(
    parts.filter((part) => typeof part === 'string').map((name) => model.hookPoint(name).name),
  );
  const lets = (name: string) =>
    named.has(name) ||
    parts.some((part) => {
      if (typeof part === 'function') return part(name);
      return part instanceof RegExp && name.search(part) >= 0;
    });
  return model.hookPoints.map(({ name }) => name).filter(lets);
}
