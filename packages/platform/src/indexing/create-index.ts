import type { IndexSettings } from '@fovea/experiments/schema';
import type { Index, Prisma } from '../../../../prisma/generated/client.ts';
import type { Database } from '../database.ts';
import { findModel } from '../registry/models.ts';
import type { Owner } from '../registry/owner.ts';
import { advanceIndex, type IndexServices } from './advance.ts';
import { comparePlan, type Skipped } from './compare-plan.ts';
import { estimateIndex, type IndexEstimate } from './estimate.ts';
import { indexedModel } from './open-index.ts';
import { chosenLayers } from './plan.ts';

export interface IndexRequest {
  readonly model: string;
  readonly settings: IndexSettings;
}

export interface IndexContext extends Owner {
  readonly codeVersion: string;
}

export interface IndexPreview {
  /** Of what is missing. */
  readonly estimate: IndexEstimate;
  readonly skipped: readonly Skipped[];
  readonly layers: readonly string[];
  readonly units: number;
}

/** What an index would do. Throws MODEL_NOT_FOUND, LAYER_NOT_FOUND, DATASET_NOT_FOUND, INPUT_INVALID. */
export async function previewIndex(
  db: Database,
  { model: name, settings }: IndexRequest,
  context: IndexContext,
): Promise<IndexPreview> {
  const model = await findModel(db, name);
  const { missing, skipped } = await comparePlan(db, settings, model, context);
  const layers = chosenLayers(settings, indexedModel(model));
  return {
    estimate: await estimateIndex(db, missing, model),
    skipped,
    layers: layers.map((layer) => layer.name),
    units: layers.reduce((sum, { channels }) => sum + channels, 0),
  };
}

/** Begins at once. Throws as previewIndex does. */
export async function createIndex(
  services: IndexServices,
  request: IndexRequest,
  context: IndexContext,
): Promise<Index> {
  const { db } = services;
  const { estimate, skipped } = await previewIndex(db, request, context);
  const { id: modelId } = await findModel(db, request.model);
  const { teamId, createdById, codeVersion } = context;
  const { id } = await db.index.create({
    data: {
      modelId,
      teamId,
      createdById,
      codeVersion,
      settings: request.settings,
      estimate: estimate as unknown as Prisma.InputJsonObject,
      skipped: skipped as unknown as Prisma.InputJsonArray,
    },
  });
  await advanceIndex(services, id);
  return db.index.findUniqueOrThrow({ where: { id } });
}
