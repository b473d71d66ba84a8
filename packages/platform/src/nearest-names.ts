import { distance } from 'fastest-levenshtein';

/** Up to three known names that a misspelt one may have meant, most similar first. */
export const nearestNames = (name: string, known: readonly string[]): string[] =>
  known
    .map((candidate) => ({ candidate, edits: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, edits }) => edits < Math.max(name.length, candidate.length))
    .toSorted((a, b) => a.edits - b.edits)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
