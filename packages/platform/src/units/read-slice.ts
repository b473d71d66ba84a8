import { buffer } from 'node:stream/consumers';
import type { TensorSlice } from '@fovea/experiments/schema';
import type { Database } from '../database.ts';
import { PlatformError } from '../errors.ts';
import type { ObjectStore } from '../objects/object-store.ts';

const bytesPerValue = { F16: 2, F32: 4 } as const;

/**
 * What an artifact holds of one unit: `shape` without its first axis, little-endian. No other byte of the artifact is
 * read. Throws NOT_FOUND where the run has no such artifact, or the slice no such unit.
 */
export async function readUnitSlice(
  { db, store }: { db: Database; store: ObjectStore },
  runId: string,
  { artifact: name, offset, dtype, shape }: TensorSlice,
  unit: number,
): Promise<Uint8Array> {
  const artifact = await db.artifact.findUnique({
    where: { runId_name: { runId, name } },
    select: { key: true },
  });
  const [units = 0, ...ofUnit] = shape;
  if (!artifact || unit >= units)
    throw new PlatformError('NOT_FOUND', `The run ${runId} has stored nothing of unit ${unit} in ${name}`, {
      runId,
      name,
    });
  const bytes = ofUnit.reduce((product, length) => product * length, bytesPerValue[dtype]);
  const start = offset + unit * bytes;
  const { stream } = await store.get(artifact.key, { start, end: start + bytes - 1 });
  return buffer(stream);
}
