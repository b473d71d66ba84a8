/** Imports images into packs, an index and a manifest. */
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Column } from '../dataset.ts';
import { SourceError } from '../errors.ts';
import { datasetManifestSchema, type DatasetManifest, type DatasetProblem } from '../manifest.ts';
import type { DatasetFiles } from '../open-dataset.ts';
import { orderedSplits } from '../splits.ts';
import { contentDigest } from '../stored/content-digest.ts';
import { storeOnce, type DedupedStore } from '../stored/dedupe.ts';
import { writeIndex, type StoredImage } from '../stored/index-table.ts';
import { createPackWriter, packName } from '../stored/pack-writer.ts';
import { collect, type Collection, type ImportProgress } from './collect.ts';
import { folderLabels, type ClassFrom } from './folder-labels.ts';
import { indexLabels } from './index-file.ts';
import type { Labelling } from './labelling.ts';
import { readRecords } from './records.ts';
import { openSource } from './source.ts';

export interface BuildOptions {
  readonly name: string;
  readonly description?: string;
  readonly license?: string;
  readonly source?: string;
  /** Default: folder. Of no account where an index file or the format itself says the classes. */
  readonly classFrom?: ClassFrom;
  /** Names of numbered classes, in their order. */
  readonly classes?: readonly string[];
  /** What an upload was called; it lies on disk under another name. */
  readonly fileName?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ImportProgress) => void;
}

const indexName = 'index.arrow';

/** What has been built in a folder. */
export const filesIn = (folder: string, { content }: DatasetManifest): DatasetFiles => ({
  packs: content.type === 'stored' ? content.packs.map((_, pack) => path.join(folder, packName(pack))) : [],
  index: path.join(folder, indexName),
});

/** Images with all that is known of them, in any order. */
interface Content {
  readonly layout: 'images' | 'index' | 'cifar-10' | 'cifar-100' | 'idx';
  readonly images: readonly StoredImage[];
  readonly classes: readonly string[];
  readonly columns: readonly Column[];
  readonly problems: readonly DatasetProblem[];
}

/**
 * Reads all that `source` holds: a folder, a zip or tar archive, CIFAR or idx files.
 * @param folder empty; gets the packs and the index
 * @throws SourceError
 */
export async function buildDataset(
  source: string,
  folder: string,
  options: BuildOptions,
): Promise<DatasetManifest> {
  const opened = await openSource(source, options.fileName);
  const packs = createPackWriter(folder);
  try {
    const once = storeOnce(packs);
    const collection = await collect(opened, once.store, options);
    const content =
      collection.images.length > 0
        ? labelled(collection, options)
        : await unpacked(collection, once.store, options);
    if (content.images.length === 0) throw noImages(content.problems);
    const images = content.images.toSorted(inOrder);
    const index = writeIndex(images, content.columns);
    await writeFile(path.join(folder, indexName), index, { flush: true });
    const stored = await packs.finish();
    const { name, description, license, source: origin } = options;
    return datasetManifestSchema.parse({
      name,
      digest: contentDigest(content, images),
      description,
      license,
      source: origin,
      classes: content.classes,
      splits: splitsOf(images),
      columns: content.columns,
      imageSize: commonSize(images),
      bytes: stored.reduce((sum, { bytes }) => sum + bytes, 0),
      content: {
        type: 'stored',
        container: opened.container,
        layout: content.layout,
        packs: stored,
        index: { sha256: createHash('sha256').update(index).digest('hex'), bytes: index.byteLength },
      },
      problems: content.problems,
      duplicates: once.duplicates,
    });
  } finally {
    await packs.close();
  }
}

/** Image files, with the labels that an index file or their folders give them. */
function labelled({ images, records, indexes, problems }: Collection, options: BuildOptions): Content {
  const { labelling, layout } = labellingOf(
    images.map(({ path }) => path),
    indexes,
    options,
  );
  const belongs = images.filter(({ path }) => labelling.labels.has(path));
  const leftOut = images.filter(({ path }) => !labelling.labels.has(path));
  const reported = new Set(problems.map(({ file }) => file));
  return {
    layout,
    classes: labelling.classes,
    columns: labelling.columns,
    images: belongs.map((image) => ({
      ...image,
      id: image.path,
      channels: 3,
      ...labelling.labels.get(image.path)!,
    })),
    problems: [
      ...problems,
      ...records.map(({ path }) =>
        problem(path, 'unknown-format', 'it is no image, and stands among images'),
      ),
      ...leftOut.map(({ path }) => problem(path, 'unlisted', 'the index file does not list it')),
      ...labelling.missing
        .filter((file) => !reported.has(file))
        .map((file) => problem(file, 'missing', 'the index file lists it, and it is not there')),
    ],
  };
}

const problem = (file: string, reason: DatasetProblem['reason'], message: string): DatasetProblem => ({
  file,
  reason,
  message,
});

function labellingOf(
  paths: readonly string[],
  indexes: Collection['indexes'],
  { classFrom = 'folder', classes }: BuildOptions,
): { labelling: Labelling; layout: 'images' | 'index' } {
  const [index, another] = indexes;
  if (another)
    throw new SourceError(
      'INDEX_MALFORMED',
      `There are two index files, ${index!.path} and ${another.path}: keep one`,
    );
  return index
    ? { labelling: indexLabels(index, new Set(paths), classes), layout: 'index' }
    : { labelling: folderLabels(paths, classFrom), layout: 'images' };
}

/** Images out of files that hold many. */
async function unpacked(
  { records, problems }: Collection,
  store: DedupedStore['store'],
  { classes, signal }: BuildOptions,
): Promise<Content> {
  if (records.length === 0) return { layout: 'images', images: [], classes: [], columns: [], problems };
  const set = readRecords(records);
  const images: StoredImage[] = [];
  for (const { pixels, ...image } of set.images()) {
    signal?.throwIfAborted();
    images.push({ ...image, mediaType: null, ...(await store(pixels, image.id)) });
  }
  return { layout: set.layout, images, classes: classes ?? set.classes, columns: set.columns, problems };
}

function inOrder(a: StoredImage, b: StoredImage): number {
  if (a.split === b.split) return a.id < b.id ? -1 : 1;
  return orderedSplits({ [a.split]: 0, [b.split]: 0 })[0]![0] === a.split ? -1 : 1;
}

function splitsOf(images: readonly StoredImage[]): Record<string, number> {
  const sizes: Record<string, number> = {};
  for (const { split } of images) sizes[split] = (sizes[split] ?? 0) + 1;
  return Object.fromEntries(orderedSplits(sizes));
}

function commonSize([first, ...others]: readonly StoredImage[]): DatasetManifest['imageSize'] {
  const { height, width } = first!;
  return others.every((image) => image.height === height && image.width === width) ? { height, width } : null;
}

const noImages = (problems: readonly DatasetProblem[]) =>
  new SourceError(
    'NO_IMAGES',
    problems.length === 0
      ? 'There are no images in it'
      : `No file in it can be read as images; ${problems[0]!.file}: ${problems[0]!.message}`,
    { problems: problems.slice(0, 20) },
  );
