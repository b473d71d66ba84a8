/** The findings of one kind about a unit, as the schema of that kind describes them. */
import type { Unit, UnitEvidence } from '@fovea/client';
import type { z } from 'zod';

export interface Finding<Data> {
  readonly data: Data;
  /** On what it rests. */
  readonly subject: string;
  /** The same for people: name of a dataset, or of a layer. */
  readonly title: string;
  readonly runId: string;
}

/** Newest first. What an older version of Fovea found, and this one cannot read, is left out. */
export function findingsOf<Data>(
  evidence: readonly UnitEvidence[],
  kind: string,
  schema: z.ZodType<Data>,
): Finding<Data>[] {
  return evidence
    .filter((each) => each.kind === kind)
    .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))
    .flatMap(({ data, subject, subjectName, runId }) => {
      const parsed = schema.safeParse(data);
      return parsed.success
        ? [{ data: parsed.data, subject, title: subjectName ?? subject.slice(0, 12), runId }]
        : [];
    });
}

/** Whether any run has found this out about the unit. */
export const hasFound = ({ evidence }: Unit, kind: string): boolean =>
  evidence.some((each) => each.kind === kind);
