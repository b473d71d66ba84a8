/** A layer of a model by its names, without the rest of the model: some have thousands of layers. */
import { closest } from '@fovea/models/closest';
import type { Queryable } from '../database.ts';
import { PlatformError } from '../errors.ts';
import { refuseName } from '../registry/models.ts';

/** Of the newest model of that name. Throws MODEL_NOT_FOUND and LAYER_NOT_FOUND. */
export async function findLayer(db: Queryable, modelName: string, layerName: string) {
  const model = await db.model.findFirst({
    where: { name: modelName },
    orderBy: { id: 'desc' },
    select: { id: true, name: true, digest: true, preprocessing: true, classes: true },
  });
  if (!model) return refuseName(db, modelName);
  const layer = await db.layer.findUnique({
    where: { modelId_name: { modelId: model.id, name: layerName } },
  });
  if (layer) return { model, layer };
  const known = await db.layer.findMany({ where: { modelId: model.id }, select: { name: true } });
  const nearest = closest(
    layerName,
    known.map(({ name }) => name),
  );
  const hint = nearest.length > 0 ? `; did you mean ${nearest.join(', ')}?` : '';
  throw new PlatformError(
    'LAYER_NOT_FOUND',
    `${modelName} has no layer ${JSON.stringify(layerName)}${hint}`,
    { nearest },
  );
}

export type FoundLayer = Awaited<ReturnType<typeof findLayer>>;

/** Throws UNIT_NOT_FOUND. A unit is an index along the last axis, where that axis counts channels. */
export function requireUnit({ layer }: FoundLayer, channel: number): void {
  if (layer.axes.at(-1) !== 'channel')
    throw new PlatformError(
      'UNIT_NOT_FOUND',
      `${layer.name} has no units: its axes are ${layer.axes.join(', ')}`,
    );
  if (channel >= layer.channels)
    throw new PlatformError(
      'UNIT_NOT_FOUND',
      `${layer.name} has the channels 0 to ${layer.channels - 1}, and no ${channel}`,
    );
}
