import { indexSettingsSchema, type IndexSettings } from '@fovea/experiments/schema';
import type { Index } from '../../../../prisma/generated/client.ts';
import type { Manifest } from '@fovea/models';
import type { Queryable } from '../database.ts';
import { PlatformError } from '../errors.ts';
import type { ModelWithLayers } from '../registry/models.ts';
import type { IndexedModel } from './plan.ts';

/** Throws INDEX_NOT_FOUND. */
export async function requireIndex(db: Queryable, id: string): Promise<Index> {
  const index = await db.index.findUnique({ where: { id } });
  if (!index) throw new PlatformError('INDEX_NOT_FOUND', `There is no index ${id}`, { id });
  return index;
}

export interface OpenIndex {
  readonly index: Index;
  readonly settings: IndexSettings;
  readonly model: IndexedModel;
}

/** An index with all that its plan is made of. */
export async function openIndex(db: Queryable, index: Index): Promise<OpenIndex> {
  const model = await db.model.findUniqueOrThrow({
    where: { id: index.modelId },
    include: { layers: { orderBy: { ordinal: 'asc' } } },
  });
  return { index, settings: indexSettingsSchema.parse(index.settings), model: indexedModel(model) };
}

export function indexedModel({
  name,
  manifest,
  layers,
}: Pick<ModelWithLayers, 'name' | 'manifest' | 'layers'>): IndexedModel {
  return { name, preprocessing: (manifest as Manifest).preprocessing, layers };
}
