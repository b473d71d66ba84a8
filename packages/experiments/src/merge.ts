/**
 * What several generators yield, as it comes; all of them are at work at once, each until its value is taken. Where one
 * fails the others are ended.
 */
export async function* merge<T>(sources: readonly AsyncGenerator<T>[]): AsyncGenerator<T> {
  const take = async (source: AsyncGenerator<T>) => ({ source, next: await source.next() });
  const coming = new Map(sources.map((source) => [source, take(source)]));
  try {
    while (coming.size > 0) {
      const { source, next } = await Promise.race(coming.values());
      if (next.done) {
        coming.delete(source);
      } else {
        coming.set(source, take(source));
        yield next.value;
      }
    }
  } finally {
    for (const rest of coming.values()) rest.catch(() => undefined);
    await Promise.allSettled([...coming.keys()].map((source) => source.return(undefined)));
  }
}
