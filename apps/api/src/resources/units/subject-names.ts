import type { Database } from '@fovea/platform';

const digest = /^[0-9a-f]{64}$/;

/**
 * What is behind the digests among the subjects of evidence: registered datasets, and the stimuli that a run drew for
 * itself. Other subjects are names already.
 */
export async function subjectNames(
  db: Database,
  teamId: string,
  subjects: readonly string[],
): Promise<Map<string, string>> {
  const digests = [...new Set(subjects)].filter((subject) => digest.test(subject));
  if (digests.length === 0) return new Map();
  const [stimuli, datasets] = await Promise.all([
    db.$queryRaw<{ subject: string; stimulus: string }[]>`
      SELECT DISTINCT subject, data->>'stimulus' AS stimulus FROM "LayerEvidence"
      WHERE "teamId" = ${teamId}::uuid AND kind = 'tuning' AND subject = ANY(${digests})`,
    db.dataset.findMany({
      where: { digest: { in: digests } },
      select: { name: true, digest: true },
      orderBy: { id: 'asc' },
    }),
  ]);
  return new Map([
    ...stimuli.map(({ subject, stimulus }) => [subject, stimulus] as const),
    ...datasets.map(({ name, digest }) => [digest, name] as const),
  ]);
}
