/** What runs find out about layers and units, as rows that pages read without asking the run. */
import type { RunEvent } from '@fovea/experiments';
import { Prisma } from '../../../../prisma/generated/client.ts';
import type { Transaction } from '../database.ts';

type Finding = Extract<RunEvent, { type: 'units' | 'layer' | 'artifact' }>;

/** Of a run that names no model nothing is written. Telling the same again changes nothing. */
export async function writeEvidence(transaction: Transaction, runId: string, event: Finding): Promise<void> {
  if (event.type === 'artifact' && !event.picture) return;
  const { teamId, modelId } = await transaction.run.findUniqueOrThrow({
    where: { id: runId },
    select: { teamId: true, modelId: true },
  });
  if (modelId === null) return;
  const about = { teamId, modelId, runId };
  if (event.type === 'units') await writeUnits(transaction, about, event);
  else if (event.type === 'layer') await writeLayer(transaction, about, event);
  else await writePicture(transaction, about, event);
}

interface About {
  readonly teamId: string;
  readonly modelId: string;
  readonly runId: string;
}

/** Two statements whatever the number of units: a layer has thousands, each with a score of measures. */
async function writeUnits(
  transaction: Transaction,
  { teamId, modelId, runId }: About,
  { layer, kind, subject, units }: Extract<Finding, { type: 'units' }>,
): Promise<void> {
  const findings = units.filter(({ data }) => data !== undefined);
  if (findings.length > 0)
    await transaction.$executeRaw`
      INSERT INTO "UnitEvidence" ("teamId", "modelId", "layer", "channel", "kind", "subject", "data", "runId")
      SELECT ${teamId}::uuid, ${modelId}::uuid, ${layer}, channel, ${kind}, ${subject}, data, ${runId}::uuid
      FROM unnest(${findings.map(({ channel }) => channel)}::int[], ${findings.map(({ data }) => JSON.stringify(data))}::jsonb[])
        AS finding (channel, data)
      ON CONFLICT ("teamId", "modelId", "layer", "channel", "kind", "subject")
      DO UPDATE SET "data" = EXCLUDED."data", "runId" = EXCLUDED."runId", "createdAt" = CURRENT_TIMESTAMP`;
  const measures = units.flatMap(({ channel, measures = {} }) =>
    Object.entries(measures)
      .filter(([, value]) => Number.isFinite(value))
      .map(([name, value]) => ({ channel, name, value })),
  );
  if (measures.length > 0)
    await transaction.$executeRaw`
      INSERT INTO "UnitMeasure" ("teamId", "modelId", "layer", "channel", "name", "subject", "value", "runId")
      SELECT ${teamId}::uuid, ${modelId}::uuid, ${layer}, channel, name, ${subject}, value, ${runId}::uuid
      FROM unnest(${measures.map(({ channel }) => channel)}::int[], ${measures.map(({ name }) => name)}::text[],
                  ${measures.map(({ value }) => value)}::float8[])
        AS measure (channel, name, value)
      ON CONFLICT ("teamId", "modelId", "layer", "channel", "name", "subject")
      DO UPDATE SET "value" = EXCLUDED."value", "runId" = EXCLUDED."runId"`;
}

async function writeLayer(
  transaction: Transaction,
  about: About,
  { layer, kind, subject, data }: Extract<Finding, { type: 'layer' }>,
): Promise<void> {
  const { teamId, modelId, runId } = about;
  const content = { data: data as Prisma.InputJsonObject, runId };
  await transaction.layerEvidence.upsert({
    where: {
      teamId_modelId_layer_kind_subject: { teamId, modelId, layer, kind, subject },
    },
    create: { ...about, layer, kind, subject, ...content },
    update: { ...content, createdAt: new Date() },
  });
}

/** The artifact itself is written by now, and the thumbnail was before it. */
async function writePicture(
  transaction: Transaction,
  about: About,
  { name, picture }: Extract<Finding, { type: 'artifact' }>,
): Promise<void> {
  const { layer, channel, objective, sign, variant, restart, score, thumbnail } = picture!;
  const { teamId, modelId, runId } = about;
  const content = {
    runId,
    name,
    thumbnailName: thumbnail,
    score: score !== null && Number.isFinite(score) ? score : null,
  };
  const place = { teamId, modelId, layer, channel, objective, sign, variant, restart };
  await transaction.unitPicture.upsert({
    where: { teamId_modelId_layer_channel_objective_sign_variant_restart: place },
    create: { ...place, ...content },
    update: { ...content, createdAt: new Date() },
  });
}
