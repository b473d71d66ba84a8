/** The artifacts that evidence speaks of: its data names them, wherever in it. */
import type { Database } from '@fovea/platform';
import type { LinkObject } from '../../object-links.ts';

interface Evidence {
  readonly runId: string;
  readonly data: unknown;
}

export interface NamedArtifact {
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly url: string;
}

/** In the order of the evidence. */
export async function namedArtifacts(
  db: Database,
  evidence: readonly Evidence[],
  link: LinkObject,
): Promise<NamedArtifact[][]> {
  const wanted = evidence.map(({ runId, data }) => ({ runId, name: { in: [...textsIn(data)] } }));
  const rows = await db.artifact.findMany({ where: { OR: wanted }, orderBy: { id: 'asc' } });
  return Promise.all(
    evidence.map(({ runId, data }) => {
      const texts = textsIn(data);
      const own = rows.filter((row) => row.runId === runId && texts.has(row.name));
      return Promise.all(
        own.map(async ({ id, name, mediaType, bytes, key }) => ({
          id,
          name,
          mediaType,
          bytes,
          sha256: key,
          url: await link(key, { mediaType }),
        })),
      );
    }),
  );
}

function textsIn(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value === 'string') found.add(value);
  else if (typeof value === 'object' && value !== null)
    for (const part of Object.values(value)) textsIn(part, found);
  return found;
}
