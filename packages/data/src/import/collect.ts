/** From the files of a source to images in packs, with what is wrong with the others. */
import { pMapIterable } from 'p-map';
import { SourceError } from '../errors.ts';
import type { DatasetProblem } from '../manifest.ts';
import type { Place } from '../stored/pack-writer.ts';
import { isCifarNameFile } from './cifar.ts';
import { isIndexFile } from './index-file.ts';
import { inspectImage, type InspectedImage } from './inspect-image.ts';
import { problemLimit } from './limits.ts';
import { isRecordFile } from './records.ts';
import type { Found, Source, SourceFile } from './source.ts';

/** An image in the pack, by its path. */
export interface PackedImage extends Place, Omit<InspectedImage, 'bytes'> {
  readonly sha256: Uint8Array;
}

export interface Collection {
  readonly images: readonly PackedImage[];
  /** Files that hold many images, and the names of their classes. */
  readonly records: readonly SourceFile[];
  /** Tables beside the images. */
  readonly indexes: readonly SourceFile[];
  readonly problems: DatasetProblem[];
}

export interface ImportProgress {
  readonly files: number;
  /** Null where it is not known before the end. */
  readonly count: number | null;
}

/** Decoded at the same time; each holds its file in memory. */
const concurrency = 4;

/** @throws SourceError TOO_MANY_PROBLEMS */
export async function collect(
  source: Source,
  store: (bytes: Uint8Array, name: string) => Promise<Place & { sha256: Uint8Array }>,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (progress: ImportProgress) => void },
): Promise<Collection> {
  const images: PackedImage[] = [];
  const aside: SourceFile[] = [];
  const problems: DatasetProblem[] = [];
  let files = 0;
  for await (const found of pMapIterable(source.files(), inspect, { concurrency })) {
    signal?.throwIfAborted();
    if ('problem' in found) problems.push(found.problem);
    else if ('mediaType' in found) {
      const { bytes, ...image } = found;
      images.push({ ...image, ...(await store(bytes, image.path)) });
    } else aside.push(found);
    if (problems.length > problemLimit) throw tooManyProblems(problems);
    files += 1;
    onProgress?.({ files, count: source.count });
  }
  return {
    images,
    records: aside.filter(({ path }) => !isIndexFile(path)),
    indexes: aside.filter(({ path }) => isIndexFile(path)),
    problems,
  };
}

const inspect = async (found: Found) =>
  'problem' in found || isIndexFile(found.path) || isRecordFile(found.path) || isCifarNameFile(found.path)
    ? found
    : inspectImage(found);

const tooManyProblems = (problems: readonly DatasetProblem[]) =>
  new SourceError(
    'TOO_MANY_PROBLEMS',
    `More than ${problemLimit.toLocaleString('en')} files cannot be read as images, the first of them ${problems[0]!.file}: ${problems[0]!.message}`,
    { problems: problems.slice(0, 20) },
  );
