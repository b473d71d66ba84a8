import type { z } from 'zod';
import type { Services } from '../../services.ts';
import type { unitSchema } from './contract.ts';

/** All that determined what is known of a unit: for each of the runs its whole input, digests, seed and code. */
export async function provenanceOf({ db }: Services, unit: z.infer<typeof unitSchema>) {
  const runs = await db.run.findMany({
    where: { id: { in: unit.runs.map(({ id }) => id) } },
    select: {
      id: true,
      kind: true,
      kindVersion: true,
      input: true,
      modelName: true,
      modelDigest: true,
      datasetDigest: true,
      seed: true,
      codeVersion: true,
      backend: true,
      hash: true,
      finishedAt: true,
    },
    orderBy: { id: 'asc' },
  });
  const { model, modelDigest, layer, channel } = unit;
  return { unit: { model, modelDigest, layer: layer.name, channel }, runs };
}
