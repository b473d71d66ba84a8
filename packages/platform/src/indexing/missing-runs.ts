/** What of a plan is neither there nor in a run of the index yet. */
import { findKindSchema, unitPicturesSchema } from '@fovea/experiments/schema';
import type { Queryable } from '../database.ts';
import { digestOf } from '../runs/run-hash.ts';
import { finishedChannels } from './finished-units.ts';
import type { OpenIndex } from './open-index.ts';
import { allChannels, chosenLayers, picturesOf, planIndex, type PlannedRun } from './plan.ts';

/** In the order of the plan. Units are divided anew, so that those which are there or under way are left out. */
export async function* missingRuns(db: Queryable, open: OpenIndex): AsyncGenerator<PlannedRun> {
  const { settings, model } = open;
  const begun = await begunRuns(db, open.index.id);
  const others = { ...settings, parts: settings.parts.filter((part) => part !== 'pictures') };
  for (const planned of planIndex(others, model))
    if (!begun.has(keyOf(planned.kind, planned.input))) yield planned;
  if (!settings.parts.includes('pictures')) return;

  const asked = await begunChannels(db, open.index.id);
  for (const layer of chosenLayers(settings, model)) {
    const rest = allChannels(layer).filter((channel) => !asked.get(layer.name)?.has(channel));
    if (rest.length === 0) continue;
    const finished = await finishedOf(db, open, picturesOf(settings, model, layer, rest)[0]!);
    const missing = rest.filter((channel) => !finished.has(channel));
    yield* picturesOf(settings, model, layer, missing);
  }
}

export function finishedOf(
  db: Queryable,
  { index, settings }: OpenIndex,
  { input }: ReturnType<typeof picturesOf>[number],
): Promise<Set<number>> {
  const { teamId, modelId, codeVersion } = index;
  return finishedChannels(db, { teamId, modelId, codeVersion, seed: settings.seed }, input);
}

/** Keys of the runs of an index that are not pictures. */
async function begunRuns(db: Queryable, indexId: string): Promise<Set<string>> {
  const runs = await db.run.findMany({
    where: { indexId, kind: { not: unitPicturesSchema.name } },
    select: { kind: true, input: true },
  });
  return new Set(runs.map(({ kind, input }) => keyOf(kind, input)));
}

/** Equal for the plan of a run and its row, which has the defaults filled in. */
function keyOf(kind: string, input: unknown): string {
  return digestOf([kind, findKindSchema(kind)?.input.parse(input)]);
}

/** By layer, the channels whose pictures a run of the index was asked for, whatever became of it. */
async function begunChannels(db: Queryable, indexId: string): Promise<Map<string, Set<number>>> {
  const rows = await db.$queryRaw<{ layer: string; channels: number[] }[]>`
    SELECT "layer", jsonb_agg(channel) AS channels
    FROM "Run", jsonb_array_elements("input"->'channels') AS channel
    WHERE "indexId" = ${indexId}::uuid AND "kind" = ${unitPicturesSchema.name}
    GROUP BY "layer"`;
  return new Map(rows.map(({ layer, channels }) => [layer, new Set(channels)]));
}
