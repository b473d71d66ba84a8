/** A name for a dataset out of that of its file: without endings, and without what a name may not hold. */
export const nameOfFile = (file: string): string =>
  file
    .replace(/\.(zip|tar|tar\.gz|tgz|bin|gz)$/i, '')
    .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 64);
