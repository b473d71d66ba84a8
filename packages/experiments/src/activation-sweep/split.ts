/** The part of a dataset that is meant: the one named, else `test`, else the first; undefined where it has none. */
export function splitOf(
  named: string | null,
  { splits }: { readonly splits: Readonly<Record<string, number>> },
): string | undefined {
  return named ?? (Object.hasOwn(splits, 'test') ? 'test' : Object.keys(splits)[0]);
}
