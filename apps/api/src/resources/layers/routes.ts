import { findLayer, requireUnit, type Database, type FoundLayer } from '@fovea/platform';
import type { Routes } from '../../http/routes.ts';
import { objectLinks, type LinkObject } from '../../object-links.ts';
import { presentLayer } from '../models/present.ts';
import { branchesOf } from '../units/branches.ts';
import { subjectNames } from '../units/subject-names.ts';
import { getCorrelations, getLayer, listLayerPictures } from './contract.ts';
import { correlationsWith } from './correlations.ts';
import { namedArtifacts } from './named-artifacts.ts';
import { picturedObjectives, picturesOf } from './pictures.ts';

export const layerRoutes: Routes = async (app, services) => {
  const { db, owner } = services;

  app.route({
    ...getLayer,
    handler: async (request) => {
      const found = await findLayer(db, request.params.model, request.params.layer);
      return {
        ...presentLayer(found.layer),
        branches: await branchesOf(db, found),
        ...(await neighboursOf(db, found)),
        evidence: await evidenceOf(db, owner.teamId, found, objectLinks(services, request)),
      };
    },
  });

  app.route({
    ...listLayerPictures,
    handler: async (request) => {
      const { model, layer } = await findLayer(db, request.params.model, request.params.layer);
      const { sign, objective: wanted } = request.query;
      const choice = { teamId: owner.teamId, modelId: model.id, layer: layer.name, sign };
      const objectives = await picturedObjectives(db, choice);
      const objective = wanted ?? objectives[0];
      const items =
        objective === undefined
          ? []
          : await picturesOf(db, { ...choice, objective }, objectLinks(services, request));
      return { objectives, items };
    },
  });

  app.route({
    ...getCorrelations,
    handler: async (request) => {
      const found = await findLayer(db, request.params.model, request.params.layer);
      const { channel } = request.query;
      requireUnit(found, channel);
      const ofLayer = { teamId: owner.teamId, modelId: found.model.id, layer: found.layer.name };
      return { correlations: await correlationsWith(services, ofLayer, channel) };
    },
  });
};

/** Layers of channels, which have pages of their own: from a block to a block, not into what is in it. */
async function neighboursOf(db: Database, { model, layer }: FoundLayer) {
  const layers = await db.layer.findMany({
    where: { modelId: model.id },
    orderBy: { ordinal: 'asc' },
    select: { name: true, axes: true, ordinal: true },
  });
  const depthOf = (name: string) => name.split('.').length;
  const alike = layers.filter(
    ({ name, axes }) => axes.at(-1) === 'channel' && depthOf(name) === depthOf(layer.name),
  );
  return {
    previous: alike.findLast(({ ordinal }) => ordinal < layer.ordinal)?.name ?? null,
    next: alike.find(({ ordinal }) => ordinal > layer.ordinal)?.name ?? null,
  };
}

async function evidenceOf(db: Database, teamId: string, { model, layer }: FoundLayer, link: LinkObject) {
  const rows = await db.layerEvidence.findMany({
    where: { teamId, modelId: model.id, layer: layer.name },
    orderBy: [{ kind: 'asc' }, { createdAt: 'desc' }],
  });
  const artifacts = await namedArtifacts(db, rows, link);
  const names = await subjectNames(
    db,
    teamId,
    rows.map(({ subject }) => subject),
  );
  return rows.map(({ kind, subject, data, runId, createdAt }, index) => ({
    kind,
    subject,
    subjectName: names.get(subject) ?? null,
    data: data as Record<string, unknown>,
    artifacts: artifacts[index]!,
    runId,
    createdAt: createdAt.toISOString(),
  }));
}
