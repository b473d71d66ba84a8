/** Families of units, as tags name them: `family:curve`. */

const PREFIX = 'family:';

/** The first family that the tags name. */
export const familyOf = (tags: readonly string[]): string | undefined =>
  tags.find((tag) => tag.startsWith(PREFIX))?.slice(PREFIX.length);
