import { datasetManifestSchema, generators, orderedSplits, type Dataset } from '@fovea/data';
import type { DatasetRow } from '@fovea/platform';

export function summarize(row: DatasetRow) {
  const { id, name, digest, kind, description, license, source, classes, images, bytes, createdAt } = row;
  return {
    id,
    name,
    digest,
    kind,
    description,
    license,
    source,
    classCount: classes.length,
    splits: Object.fromEntries(orderedSplits(row.splits as Record<string, number>)),
    images,
    bytes,
    problemCount: (row.problems as unknown[]).length,
    shipped: Object.hasOwn(generators, name),
    createdAt: createdAt.toISOString(),
  };
}

export function present(row: DatasetRow, runCount: number) {
  const { classes, columns, imageSize, problems, duplicates } = datasetManifestSchema.parse(row.manifest);
  const parameters = row.parameters as Record<string, unknown>;
  return { ...summarize(row), classes, columns, imageSize, parameters, problems, duplicates, runCount };
}

export function presentImage(dataset: Dataset, split: string, index: number) {
  const { id, label, height, width, columns } = dataset.entry(split, index);
  // By digest, since a name may mean another dataset tomorrow.
  const path = `/datasets/${dataset.digest}/images/${encodeURIComponent(split)}/${index}`;
  return {
    split,
    index,
    id,
    label,
    class: label === null ? null : (dataset.classes[label] ?? null),
    height,
    width,
    columns,
    url: `${path}/file`,
    thumbnailUrl: `${path}/thumbnail`,
  };
}
