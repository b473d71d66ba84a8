import type { Database } from '@fovea/platform';
import type { LinkObject } from '../../object-links.ts';

export interface UnitKey {
  readonly teamId: string;
  readonly modelId: string;
  readonly layer: string;
  readonly channel: number;
}

const stored = { select: { id: true, key: true, mediaType: true } } as const;

/** All that were made of a unit, each restart among them. */
export const pictureRows = (db: Database, unit: UnitKey) =>
  db.unitPicture.findMany({
    where: { ...unit },
    include: { artifact: stored, thumbnail: stored },
    orderBy: [{ objective: 'desc' }, { sign: 'desc' }, { variant: 'asc' }, { restart: 'asc' }],
  });

export async function readPictures(db: Database, unit: UnitKey, link: LinkObject) {
  const rows = await pictureRows(db, unit);
  return Promise.all(
    rows.map(async ({ objective, sign, variant, restart, score, runId, name, artifact, thumbnail }) => ({
      objective,
      sign,
      variant,
      restart,
      score,
      artifactId: artifact.id,
      name,
      runId,
      url: await link(artifact.key, artifact),
      thumbnail: await link((thumbnail ?? artifact).key, thumbnail ?? artifact),
    })),
  );
}
