import { findKindSchema, type IndexPart, type IndexSettings } from '@fovea/experiments/schema';
import type { Index, Prisma } from '../../../../prisma/generated/client.ts';
import type { Database } from '../database.ts';
import { findModel, type ModelWithLayers } from '../registry/models.ts';
import type { Owner } from '../registry/owner.ts';
import { hashRun } from '../runs/run-hash.ts';
import { validateRequest } from '../runs/validate.ts';
import { advanceIndex, type IndexServices } from './advance.ts';
import { estimateIndex, type IndexEstimate } from './estimate.ts';
import { finishedChannels } from './finished-units.ts';
import { indexedModel } from './open-index.ts';
import { allChannels, chosenLayers, picturesIn, picturesOf, planIndex, type PlannedRun } from './plan.ts';

export interface IndexRequest {
  readonly model: string;
  readonly settings: IndexSettings;
}

export interface IndexContext extends Owner {
  readonly codeVersion: string;
}

/** What was there before an index began, of one part and layer. */
export interface Skipped {
  readonly part: IndexPart;
  readonly layer: string | null;
  /** Of all that is planned of it, 0 to 1. */
  readonly share: number;
  readonly pictures: number;
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
  const planned = planIndex(settings, indexedModel(model));
  await validatePlan(db, planned);
  const { missing, skipped } = await divide(db, planned, model, settings, context);
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

/** Pictures of one layer are valid or not whatever the units. */
async function validatePlan(db: Database, planned: readonly PlannedRun[]): Promise<void> {
  const checked = new Set<string>();
  for (const { part, layer, kind, input } of planned) {
    if (part === 'pictures' && checked.has(layer!)) continue;
    if (part === 'pictures') checked.add(layer!);
    await validateRequest(db, { kind, input });
  }
}

async function divide(
  db: Database,
  planned: readonly PlannedRun[],
  model: ModelWithLayers,
  settings: IndexSettings,
  context: IndexContext,
): Promise<{ missing: PlannedRun[]; skipped: Skipped[] }> {
  const missing: PlannedRun[] = [];
  const skipped: Skipped[] = [];
  const others = planned.filter(({ part }) => part !== 'pictures');
  for (const runs of Map.groupBy(others, ({ part, layer }) => JSON.stringify([part, layer])).values()) {
    const { part, layer } = runs[0]!;
    const rest: PlannedRun[] = [];
    for (const run of runs) if (!(await hasSucceeded(db, run, settings, context))) rest.push(run);
    missing.push(...rest);
    const share = 1 - rest.length / runs.length;
    if (share > 0) skipped.push({ part, layer, share, pictures: 0 });
  }
  if (!settings.parts.includes('pictures')) return { missing, skipped };
  const indexed = indexedModel(model);
  for (const layer of chosenLayers(settings, indexed)) {
    const channels = allChannels(layer);
    const [first] = picturesOf(settings, indexed, layer, channels);
    const identity = { ...context, modelId: model.id, seed: settings.seed };
    const finished = await finishedChannels(db, identity, first!.input);
    const rest = channels.filter((channel) => !finished.has(channel));
    missing.push(...picturesOf(settings, indexed, layer, rest));
    const done = picturesOf(settings, indexed, layer, [...finished]);
    const pictures = done.reduce((sum, run) => sum + picturesIn(run), 0);
    const share = finished.size / channels.length;
    if (share > 0) skipped.push({ part: 'pictures', layer: layer.name, share, pictures });
  }
  return { missing, skipped };
}

async function hasSucceeded(
  db: Database,
  { kind: name, input }: PlannedRun,
  { seed }: IndexSettings,
  { teamId, codeVersion }: IndexContext,
): Promise<boolean> {
  const valid = await validateRequest(db, { kind: name, input });
  const hash = hashRun({
    kind: name,
    kindVersion: findKindSchema(name)!.version,
    input: valid.input,
    modelDigest: valid.model?.digest ?? null,
    datasetDigest: valid.dataset?.digest ?? null,
    seed,
    codeVersion,
  });
  return (await db.run.count({ where: { teamId, hash, status: 'succeeded' } })) > 0;
}
