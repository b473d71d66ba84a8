import { closest } from 'fastest-levenshtein';

/** `no kind "x"; did you mean "y"? Known: …` */
export function unknownName(what: string, name: string, known: readonly string[]): string {
  if (known.length === 0) return `There is no ${what} "${name}", nor any other`;
  return `There is no ${what} "${name}"; did you mean "${closest(name, known)}"? Known: ${known.join(', ')}`;
}
