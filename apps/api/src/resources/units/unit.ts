/** All that is known of one unit, in one answer. */
import { unitSubject, type Database, type FoundLayer } from '@fovea/platform';
import type { z } from 'zod';
import type { LinkObject } from '../../object-links.ts';
import type { Services } from '../../services.ts';
import { readAnnotations } from '../annotations/annotations.ts';
import { presentLayer } from '../models/present.ts';
import { branchAt, branchesOf, labelOf } from './branches.ts';
import type { unitSchema } from './contract.ts';
import { subjectNames } from './subject-names.ts';
import { namedUnits } from './named-units.ts';
import { readPictures, type UnitKey } from './pictures.ts';
import { rankedMeasures } from './ranks.ts';
import { thumbnailKeys } from './thumbnails.ts';

type Unit = z.infer<typeof unitSchema>;

export async function readUnit(
  services: Services,
  found: FoundLayer,
  channel: number,
  link: LinkObject,
): Promise<Unit> {
  const { db, owner } = services;
  const { model, layer } = found;
  const ofLayer = { teamId: owner.teamId, modelId: model.id, layer: layer.name };
  const subject = unitSubject({ model: model.name, layer: layer.name, channel });
  const [branches, pictures, { evidence, layerEvidence }, measures, annotations] = await Promise.all([
    branchesOf(db, found),
    readPictures(db, { ...ofLayer, channel }, link),
    readEvidence(db, { ...ofLayer, channel }),
    rankedMeasures(db, { ...ofLayer, channel }),
    readAnnotations(db, owner.teamId, subject),
  ]);
  const subjects = [...evidence, ...layerEvidence, ...measures].map((row) => row.subject);
  const runIds = [...pictures, ...evidence, ...layerEvidence, ...measures].map((row) => row.runId);
  const [names, runs, thumbnails] = await Promise.all([
    subjectNames(db, owner.teamId, subjects),
    readRuns(services, runIds),
    linkThumbnails(services, model.id, namedUnits(evidence), link),
  ]);
  const named = <Row extends { subject: string }>(row: Row) => ({
    ...row,
    subjectName: names.get(row.subject) ?? null,
  });
  const { height, width } = model.preprocessing as { height: number; width: number };
  return {
    channel,
    label: labelOf(found, channel),
    branch: branchAt(branches, channel),
    model: model.name,
    modelDigest: model.digest,
    layer: presentLayer(layer),
    inputSize: { height, width },
    pictures,
    evidence: evidence.map((row) => presentEvidence(named(row))),
    layerEvidence: layerEvidence.map((row) => presentEvidence(named(row))),
    thumbnails,
    measures: measures.map(named),
    runs,
    ...annotations,
  };
}

/** About the unit, and about its layer: without that of other kinds, since an atlas alone is larger than all else. */
async function readEvidence(db: Database, { channel, ...ofLayer }: UnitKey) {
  const orderBy = [{ kind: 'asc' }, { subject: 'asc' }] as const;
  const evidence = await db.unitEvidence.findMany({ where: { ...ofLayer, channel }, orderBy: [...orderBy] });
  const kinds = [...new Set(evidence.map(({ kind }) => kind))];
  const layerEvidence = await db.layerEvidence.findMany({
    where: { ...ofLayer, kind: { in: kinds } },
    orderBy: [...orderBy],
  });
  return { evidence, layerEvidence };
}

interface EvidenceRow {
  readonly kind: string;
  readonly subject: string;
  readonly subjectName: string | null;
  readonly data: unknown;
  readonly runId: string;
  readonly createdAt: Date;
}

const presentEvidence = ({ kind, subject, subjectName, data, runId, createdAt }: EvidenceRow) => ({
  kind,
  subject,
  subjectName,
  data: data as Record<string, unknown>,
  runId,
  createdAt: createdAt.toISOString(),
});

async function readRuns({ db }: Services, ids: readonly string[]): Promise<Unit['runs']> {
  const rows = await db.run.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: {
      id: true,
      kind: true,
      modelDigest: true,
      datasetDigest: true,
      seed: true,
      codeVersion: true,
      backend: true,
      finishedAt: true,
    },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ finishedAt, ...row }) => ({ ...row, finishedAt: finishedAt?.toISOString() ?? null }));
}

async function linkThumbnails(
  { db, owner }: Services,
  modelId: string,
  units: Parameters<typeof thumbnailKeys>[3],
  link: LinkObject,
): Promise<Record<string, string>> {
  const found = await thumbnailKeys(db, owner.teamId, modelId, units);
  const links = [...found].map(async ([unit, picture]) => [unit, await link(picture.key, picture)] as const);
  return Object.fromEntries(await Promise.all(links));
}
