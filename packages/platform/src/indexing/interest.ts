/** Somebody looks at a unit: its pictures are made before all others of an index. */
import { unitPicturesSchema, type UnitPicturesInput } from '@fovea/experiments/schema';
import type { Index, Run } from '../../../../prisma/generated/client.ts';
import { lock } from '../lock.ts';
import { withdrawRun } from '../queue.ts';
import { databaseTime } from '../runs/clock.ts';
import { transition } from '../runs/transitions.ts';
import type { FoundLayer } from '../units/find-layer.ts';
import type { Owner } from '../registry/owner.ts';
import { indexLock, queueRun, type IndexServices } from './advance.ts';
import { finishedOf } from './missing-runs.ts';
import { openIndex, type OpenIndex } from './open-index.ts';
import { chosenLayers, picturesOf } from './plan.ts';

/** Before what researchers queue by hand without saying how urgent it is. */
const interestPriority = 50;

/**
 * `raised`: its pictures come next. `coming`: they are being made, or come next already. `finished`: they are there.
 * `none`: no index that is under way will make them.
 */
export type Interest = 'raised' | 'coming' | 'finished' | 'none';

export async function raiseInterest(
  services: IndexServices,
  { teamId }: Pick<Owner, 'teamId'>,
  { model, layer }: FoundLayer,
  channel: number,
): Promise<Interest> {
  const indexes = await services.db.index.findMany({
    where: { teamId, modelId: model.id, status: 'running' },
    orderBy: { id: 'desc' },
  });
  let best: Interest = 'none';
  for (const index of indexes) {
    const interest = await raiseIn(services, await openIndex(services.db, index), layer.name, channel);
    if (interest !== 'none') best = interest;
    if (interest === 'raised' || interest === 'coming') return interest;
  }
  return best;
}

async function raiseIn(
  services: IndexServices,
  open: OpenIndex,
  layerName: string,
  channel: number,
): Promise<Interest> {
  const { index, settings, model } = open;
  const layer = chosenLayers(settings, model).find(({ name }) => name === layerName);
  if (!layer || !settings.parts.includes('pictures')) return 'none';
  const [alone] = picturesOf(settings, model, layer, [channel]);
  if ((await finishedOf(services.db, open, alone!)).has(channel)) return 'finished';
  return services.db.$transaction(async (transaction) => {
    await lock(transaction, [indexLock(index.id)]);
    const holding = await findHolding(services, index, layerName, channel);
    if (holding) {
      if (holding.status === 'running') return 'coming';
      if (holding.status !== 'queued') return 'none';
      if (holding.priority >= interestPriority) return 'coming';
      if (!(await takeFromQueue(services, holding))) return 'coming';
      const { channels } = holding.input as UnitPicturesInput;
      const others = channels.filter((each) => each !== channel);
      for (const rest of picturesOf(settings, model, layer, others)) await queueRun(services, index, rest);
    }
    await queueRun(services, index, alone!, { priority: interestPriority });
    return 'raised';
  });
}

/** The newest run of the index that is to make the unit's pictures. */
async function findHolding(
  { db }: IndexServices,
  { id }: Index,
  layer: string,
  channel: number,
): Promise<Run | null> {
  return db.run.findFirst({
    where: {
      indexId: id,
      kind: unitPicturesSchema.name,
      layer,
      input: { path: ['channels'], array_contains: [channel] },
    },
    orderBy: { id: 'desc' },
  });
}

/** Cancelled and no longer of the index, which plans its units anew. False where a worker has it by now. */
async function takeFromQueue({ db, queue }: IndexServices, { id }: Run): Promise<boolean> {
  const taken = await db.$transaction(async (transaction) => {
    const now = await databaseTime(transaction);
    return transition(
      transaction,
      'cancel',
      { id, status: 'queued' },
      { cancelRequestedAt: now, finishedAt: now, indexId: null },
    );
  });
  if (taken) await withdrawRun(queue, taken);
  return taken !== null;
}
