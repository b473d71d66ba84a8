import { closest } from '@fovea/models/closest';

/** `There is no kind "x"; did you mean "y"? Known: …` */
export function unknownName(what: string, name: string, known: readonly string[]): string {
  const nearest = closest(name, known).map((candidate) => `"${candidate}"`);
  const hint = nearest.length > 0 ? `; did you mean ${nearest.join(' or ')}?` : '.';
  return `There is no ${what} "${name}"${hint} Known: ${known.join(', ')}`;
}
