import type { Manifest } from '@fovea/models';
import type { ModelWithLayers } from '@fovea/platform';

type Row = Omit<ModelWithLayers, 'layers'>;
type Layer = ModelWithLayers['layers'][number];

export function summarize(model: Row, layerCount: number) {
  const { id, name, architecture, variant, digest, source, license, createdAt } = model;
  const { preprocessing, checkpoint, parameters } = model.manifest as Manifest;
  return {
    id,
    name,
    architecture,
    variant,
    digest,
    parameters,
    layerCount,
    preprocessing,
    checkpoint,
    source,
    license,
    createdAt: createdAt.toISOString(),
  };
}

export function present(model: ModelWithLayers) {
  const { selfTest } = model.manifest as Manifest;
  return { ...summarize(model, model.layers.length), config: model.config, classes: model.classes, selfTest };
}

export function presentLayer({ receptiveField, ...layer }: Layer) {
  const field = receptiveField as Manifest['hookPoints'][number]['receptiveField'] | null;
  const { name, ordinal, kind, shape, axes, channels, parameters, sources } = layer;
  return { name, ordinal, kind, shape, axes, channels, parameters, sources, receptiveField: field ?? null };
}
