import { PlatformError, requireRun, type Artifact } from '@fovea/platform';
import type { Routes } from '../../http/routes.ts';
import { objectLinks, type LinkObject } from '../../object-links.ts';
import { getArtifact, listRunArtifacts } from './contract.ts';

export const artifactRoutes: Routes = async (app, services) => {
  const { db } = services;

  app.route({
    ...listRunArtifacts,
    handler: async (request) => {
      const { id } = await requireRun(db, request.params.id);
      const rows = await db.artifact.findMany({ where: { runId: id }, orderBy: { id: 'asc' } });
      const link = objectLinks(services, request);
      return { items: await Promise.all(rows.map((row) => present(row, link))) };
    },
  });

  app.route({
    ...getArtifact,
    handler: async (request) => {
      const { id } = request.params;
      const row = await db.artifact.findUnique({ where: { id } });
      if (!row) throw new PlatformError('NOT_FOUND', `There is no artifact ${id}`, { id });
      return present(row, objectLinks(services, request));
    },
  });
};

/** As the database hands rows out: byte counts as numbers. */
type Row = Omit<Artifact, 'bytes'> & { bytes: number };

async function present(row: Row, link: LinkObject) {
  const { id, runId, name, key, mediaType, bytes, createdAt } = row;
  return {
    id,
    runId,
    name,
    mediaType,
    bytes,
    sha256: key,
    parameters: row.parameters as Record<string, unknown>,
    createdAt: createdAt.toISOString(),
    url: await link(key, { mediaType }),
    downloadUrl: await link(key, { mediaType, fileName: name.replaceAll('/', '-') }),
  };
}
