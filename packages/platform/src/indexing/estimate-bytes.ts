import { type IndexPart } from '@fovea/experiments/schema';
import type { Database } from '../database.ts';
import type { ModelWithLayers } from '../registry/models.ts';
import { picturesIn, type PlannedRun } from './plan.ts';

/** Stored for each unit, about, where no run has shown it. */
const bytesOfUnit: Readonly<Record<Exclude<IndexPart, 'pictures' | 'deepdream'>, number>> = {
  sweep: 20_000,
  tuning: 4_000,
  weights: 12_000,
  sparsity: 500,
};

/** Without loss, of the noise that pictures by optimisation are full of; and of a thumbnail. */
const bytesOfPixel = 1.8;
const bytesOfThumbnail = 4_000;

/** A picture of a layer is kept as PNG and as floats. */
const bytesOfDeepdreamPixel = 2 + 3 * 4;

/** What the objects of these runs of one part and layer will take. */
export async function bytesOfGroup(
  db: Database,
  runs: readonly PlannedRun[],
  model: Pick<ModelWithLayers, 'id' | 'layers'>,
): Promise<number> {
  const { part, layer, kind, input } = runs[0]!;
  const { width, height } = input as { readonly width: number; readonly height: number };
  if (part === 'deepdream') return runs.length * width * height * bytesOfDeepdreamPixel;
  if (part === 'pictures') {
    const pictures = runs.reduce((sum, run) => sum + picturesIn(run), 0);
    const measured = await bytesOfPictures(db, width, height);
    return pictures * (measured ?? width * height * bytesOfPixel + bytesOfThumbnail);
  }
  const layers = layer === null ? (input['layers'] as readonly string[] | undefined) : [layer];
  const units = model.layers
    .filter(({ name }) => layers?.includes(name))
    .reduce((sum, { channels }) => sum + channels, 0);
  return (await bytesOfRuns(db, kind, model.id)) ?? runs.length * units * bytesOfUnit[part];
}

/** Of a picture of this size with its thumbnail. */
async function bytesOfPictures(db: Database, width: number, height: number): Promise<number | null> {
  const [row] = await db.$queryRaw<{ bytes: number | null }[]>`
    SELECT 2 * avg("bytes")::float8 AS bytes FROM (
      SELECT artifact."bytes" FROM "Artifact" artifact JOIN "Run" run ON run."id" = artifact."runId"
      WHERE run."kind" = 'unit-pictures' AND run."status" = 'succeeded'
        AND (run."input"->>'width')::int = ${width} AND (run."input"->>'height')::int = ${height}
      ORDER BY run."id" DESC LIMIT 500) AS recent`;
  return row?.bytes ?? null;
}

/** Of a run of that kind with that model, in the mean. */
async function bytesOfRuns(db: Database, kind: string, modelId: string): Promise<number | null> {
  const [row] = await db.$queryRaw<{ bytes: number | null }[]>`
    SELECT (sum(artifact."bytes") / count(DISTINCT run."id"))::float8 AS bytes
    FROM "Artifact" artifact JOIN "Run" run ON run."id" = artifact."runId"
    WHERE run."kind" = ${kind} AND run."modelId" = ${modelId}::uuid AND run."status" = 'succeeded'`;
  return row?.bytes ?? null;
}
