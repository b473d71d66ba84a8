/** Datasets whose images are read one by one, where they are stored. */
import { buffer } from 'node:stream/consumers';
import {
  datasetManifestSchema,
  openGeneratedDataset,
  storedDataset,
  type Dataset,
  type DatasetManifest,
} from '@fovea/data';
import { LRUCache } from 'lru-cache';
import type { ObjectStore } from '../objects/object-store.ts';
import { findDataset, findDatasetId, type DatasetServices } from './datasets.ts';

export interface OpenedDataset {
  readonly dataset: Dataset;
  /** The label of each image of a split; −1 for one without. */
  readonly labels: (split: string) => Int32Array;
  /** Indices of the images of a class; of those without one for −1. */
  readonly ofClass: (split: string, label: number) => Int32Array;
}

/** By digest, or the newest of a name. Throws DATASET_NOT_FOUND. */
export type OpenDatasets = (nameOrDigest: string) => Promise<OpenedDataset>;

/** Each holds its index in memory. */
const keptOpen = 16;

/** Datasets that were read lately stay open: what a name means is looked up each time, but no more than that. */
export function openDatasets({ db, store }: DatasetServices): OpenDatasets {
  const opened = new LRUCache<string, Promise<OpenedDataset>>({ max: keptOpen });
  return async (nameOrDigest) => {
    const id = await findDatasetId(db, nameOrDigest);
    const known = opened.get(id);
    if (known) return known;
    const opening = findDataset(db, nameOrDigest)
      .then(({ manifest }) => open(store, datasetManifestSchema.parse(manifest)))
      .then(withLabels);
    opening.catch(() => opened.delete(id));
    opened.set(id, opening);
    return opening;
  };
}

async function open(store: ObjectStore, manifest: DatasetManifest): Promise<Dataset> {
  const { content } = manifest;
  if (content.type === 'generated') return openGeneratedDataset(manifest);
  const { stream } = await store.get(content.index.sha256);
  return storedDataset(manifest, await buffer(stream), {
    async read({ pack, offset, length }) {
      const range = { start: offset, end: offset + length - 1 };
      const { stream } = await store.get(content.packs[pack]!.sha256, range);
      return buffer(stream);
    },
    close: async () => undefined,
  });
}

function withLabels(dataset: Dataset): OpenedDataset {
  const read = (split: string) =>
    Int32Array.from(
      { length: dataset.splits[split]! },
      (_, index) => dataset.entry(split, index).label ?? -1,
    );
  const labels = remembered(read);
  const byClass = remembered((split: string) => {
    const own = labels(split);
    return remembered((label: number) => Int32Array.from(own.keys()).filter((index) => own[index] === label));
  });
  return { dataset, labels, ofClass: (split, label) => byClass(split)(label) };
}

/** What has been computed once for a key. */
function remembered<Key, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const value = known.get(key) ?? compute(key);
    known.set(key, value);
    return value;
  };
}
