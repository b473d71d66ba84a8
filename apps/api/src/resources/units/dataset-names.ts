import type { Database } from '@fovea/platform';

const digest = /^[0-9a-f]{64}$/;

/** What registered datasets are called, by digest; other subjects of evidence are names already. */
export async function datasetNames(db: Database, subjects: readonly string[]): Promise<Map<string, string>> {
  const digests = [...new Set(subjects)].filter((subject) => digest.test(subject));
  if (digests.length === 0) return new Map();
  const rows = await db.dataset.findMany({
    where: { digest: { in: digests } },
    select: { name: true, digest: true },
    orderBy: { id: 'asc' },
  });
  return new Map(rows.map(({ name, digest }) => [digest, name]));
}
