/** How much the units of a layer fire like one of them: a row of the matrix that a sweep has stored. */
import { layerActivations, type TensorSlice } from '@fovea/experiments/schema';
import type { Database, ObjectStore } from '@fovea/platform';

export interface Correlations {
  readonly dataset: string;
  /** One for each channel, 1 for the unit itself. */
  readonly values: number[];
}

export interface OfLayer {
  readonly teamId: string;
  readonly modelId: string;
  readonly layer: string;
}

const bytesOf = { F16: 2, F32: 4 } as const;

/** Of the newest sweep; null where there is none. Of a transformer, between its patches. */
export async function correlationsWith(
  { db, store }: { db: Database; store: ObjectStore },
  ofLayer: OfLayer,
  channel: number,
): Promise<Correlations | null> {
  const evidence = await db.layerEvidence.findFirst({
    where: { ...ofLayer, kind: 'activation-sweep' },
    orderBy: { createdAt: 'desc' },
    select: { data: true, runId: true },
  });
  if (!evidence) return null;
  const { dataset, groups } = layerActivations.parse(evidence.data);
  // The patches come after the class token.
  const slice = groups.at(-1)?.correlations;
  if (!slice) return null;
  const { key } = await db.artifact.findUniqueOrThrow({
    where: { runId_name: { runId: evidence.runId, name: slice.artifact } },
    select: { key: true },
  });
  return { dataset, values: await readRow(store, key, slice, channel) };
}

async function readRow(
  store: ObjectStore,
  key: string,
  { offset, dtype, shape }: TensorSlice,
  row: number,
): Promise<number[]> {
  const bytes = bytesOf[dtype] * shape.at(-1)!;
  const start = offset + row * bytes;
  const { stream } = await store.get(key, { start, end: start + bytes - 1 });
  const { buffer } = Uint8Array.from(Buffer.concat(await stream.toArray()));
  return [...(dtype === 'F16' ? new Float16Array(buffer) : new Float32Array(buffer))];
}
