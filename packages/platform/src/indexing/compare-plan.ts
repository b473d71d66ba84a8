/** What of a plan is there already, before an index begins. */
import { findKindSchema, type IndexPart, type IndexSettings } from '@fovea/experiments/schema';
import type { Database } from '../database.ts';
import type { ModelWithLayers } from '../registry/models.ts';
import { hashRun } from '../runs/run-hash.ts';
import { validateRequest } from '../runs/validate.ts';
import { finishedChannels } from './finished-units.ts';
import { indexedModel } from './open-index.ts';
import {
  allChannels,
  chosenLayers,
  picturesIn,
  picturesOf,
  planIndex,
  type PlannedPictures,
  type PlannedRun,
} from './plan.ts';

/** Of one part and layer. */
export interface Skipped {
  readonly part: IndexPart;
  readonly layer: string | null;
  /** Of all that is planned of it, 0 to 1. */
  readonly share: number;
  readonly pictures: number;
}

export interface ComparedPlan {
  readonly missing: readonly PlannedRun[];
  readonly skipped: readonly Skipped[];
}

interface Maker {
  readonly teamId: string;
  readonly codeVersion: string;
}

/** Throws LAYER_NOT_FOUND, DATASET_NOT_FOUND, INPUT_INVALID where one of its runs would be refused. */
export async function comparePlan(
  db: Database,
  settings: IndexSettings,
  model: ModelWithLayers,
  maker: Maker,
): Promise<ComparedPlan> {
  const others = { ...settings, parts: settings.parts.filter((part) => part !== 'pictures') };
  const compared = [await compareRuns(db, planIndex(others, indexedModel(model)), settings, model, maker)];
  if (settings.parts.includes('pictures')) compared.push(await comparePictures(db, settings, model, maker));
  return {
    missing: compared.flatMap(({ missing }) => missing),
    skipped: compared.flatMap(({ skipped }) => skipped),
  };
}

async function compareRuns(
  db: Database,
  planned: readonly PlannedRun[],
  { seed }: IndexSettings,
  model: ModelWithLayers,
  { teamId, codeVersion }: Maker,
): Promise<ComparedPlan> {
  const hashes: string[] = [];
  for (const { kind, input } of planned) {
    const valid = await validateRequest(db, { kind, input }, model);
    hashes.push(
      hashRun({
        kind,
        kindVersion: findKindSchema(kind)!.version,
        input: valid.input,
        modelDigest: model.digest,
        datasetDigest: valid.dataset?.digest ?? null,
        seed,
        codeVersion,
      }),
    );
  }
  const rows = await db.run.findMany({
    where: { teamId, hash: { in: hashes }, status: 'succeeded' },
    select: { hash: true },
  });
  const succeeded = new Set(rows.map(({ hash }) => hash));
  const isThere = (run: PlannedRun) => succeeded.has(hashes[planned.indexOf(run)]!);
  const groups = Map.groupBy(planned, ({ part, layer }) => JSON.stringify([part, layer]));
  return {
    missing: planned.filter((run) => !isThere(run)),
    skipped: [...groups.values()].flatMap((runs) => {
      const { part, layer } = runs[0]!;
      const share = runs.filter(isThere).length / runs.length;
      return share > 0 ? [{ part, layer, share, pictures: 0 }] : [];
    }),
  };
}

async function comparePictures(
  db: Database,
  settings: IndexSettings,
  model: ModelWithLayers,
  { teamId, codeVersion }: Maker,
): Promise<ComparedPlan> {
  const indexed = indexedModel(model);
  const identity = { teamId, codeVersion, modelId: model.id, seed: settings.seed };
  const missing: PlannedPictures[] = [];
  const skipped: Skipped[] = [];
  for (const layer of chosenLayers(settings, indexed)) {
    const channels = allChannels(layer);
    const { kind, input } = picturesOf(settings, indexed, layer, channels)[0]!;
    // Pictures of a layer are valid or not whatever the units.
    await validateRequest(db, { kind, input }, model);
    const finished = await finishedChannels(db, identity, input);
    const rest = channels.filter((channel) => !finished.has(channel));
    missing.push(...picturesOf(settings, indexed, layer, rest));
    const pictures = picturesOf(settings, indexed, layer, [...finished]).reduce(
      (sum, run) => sum + picturesIn(run),
      0,
    );
    const share = finished.size / channels.length;
    if (share > 0) skipped.push({ part: 'pictures', layer: layer.name, share, pictures });
  }
  return { missing, skipped };
}
