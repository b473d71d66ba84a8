/** The images that stand for a unit, with what their datasets know of them. */
import { layerActivations, unitActivations } from '@fovea/experiments/schema';
import { isPlatformError, type FoundLayer, type OpenedDataset } from '@fovea/platform';
import type { z } from 'zod';
import type { Services } from '../../services.ts';
import type { unitExampleSchema } from './contract.ts';

export type UnitExample = z.infer<typeof unitExampleSchema>;

/** Of every sweep, dataset by dataset, in the order of the evidence. */
export async function readExamples(
  services: Services,
  { model, layer }: FoundLayer,
  channel: number,
): Promise<UnitExample[]> {
  const { db, owner } = services;
  const where = {
    teamId: owner.teamId,
    modelId: model.id,
    layer: layer.name,
    kind: 'activation-sweep',
  };
  const ofUnit = await db.unitEvidence.findMany({
    where: { ...where, channel },
    orderBy: { subject: 'asc' },
  });
  const ofLayer = await db.layerEvidence.findMany({ where });
  const examples = ofUnit.map(async ({ subject, data }) => {
    const swept = ofLayer.find((each) => each.subject === subject);
    const unit = unitActivations.safeParse(data);
    const facts = layerActivations.safeParse(swept?.data);
    if (!unit.success || !facts.success) return [];
    const opened = await openIfThere(services, subject);
    const { dataset, split, groups } = facts.data;
    return unit.data.groups.flatMap(({ tokens, examples: ofGroup }, index) => {
      const columns = groups[index]?.grid[1] ?? 1;
      return ofGroup.map(({ position, ...example }) => ({
        dataset,
        subject,
        split,
        tokens,
        ...example,
        row: Math.floor(position / columns),
        column: position % columns,
        ...imageFacts(opened, split, example.image),
      }));
    });
  });
  return (await Promise.all(examples)).flat();
}

/** A dataset may have been removed since it was swept. */
async function openIfThere({ openDataset }: Services, digest: string): Promise<OpenedDataset | null> {
  try {
    return await openDataset(digest);
  } catch (error) {
    if (isPlatformError(error, 'DATASET_NOT_FOUND')) return null;
    throw error;
  }
}

function imageFacts(opened: OpenedDataset | null, split: string, index: number) {
  if (!opened) return { id: null, class: null };
  const { dataset } = opened;
  const { id, label } = dataset.entry(split, index);
  return { id, class: label === null ? null : (dataset.classes[label] ?? null) };
}
