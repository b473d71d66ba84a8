import { distance } from 'fastest-levenshtein';

/** The up to three candidates that are most like `name`, ignoring case; none where nothing is similar. */
export function closest(name: string, candidates: readonly string[]): string[] {
  const wanted = name.toLowerCase();
  return candidates
    .map((candidate) => ({ candidate, edits: editsTo(wanted, candidate.toLowerCase()) }))
    .filter(({ candidate, edits }) => edits < Math.max(wanted.length, candidate.length))
    .sort((a, b) => a.edits - b.edits)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** A name that contains the other is nearer than its length says: `5b` means `Mixed_5b`. */
function editsTo(wanted: string, candidate: string): number {
  const edits = distance(wanted, candidate);
  return candidate.includes(wanted) ? edits / 4 : edits;
}
