/** Images as a network reads them, batch by batch, decoded ahead of whoever computes on them. */
import { availableParallelism } from 'node:os';
import { pMapIterable } from 'p-map';
import { checkSplit } from '../check-index.ts';
import type { Dataset } from '../dataset.ts';
import { CorruptDatasetError } from '../errors.ts';
import { decodeImage, type InputGeometry } from './decode-image.ts';

export interface DecodedBatch {
  /** [images, height, width, channels] in [0, 1], RGB or grey. */
  readonly pixels: Float32Array;
  /** Which images of the split these are. */
  readonly indices: readonly number[];
}

export interface BatchOptions {
  readonly split: string;
  /** Of what network. */
  readonly input: InputGeometry;
  /** Images in a batch; the last one may have fewer. */
  readonly batch: number;
  /** Which images, in the order in which they come. Default: all of the split. */
  readonly indices?: Iterable<number>;
  readonly signal?: AbortSignal;
}

/**
 * The order is that of the indices. Two batches lie ready at most, whatever the size of the dataset.
 * @throws UnknownSplitError, ImageIndexError, CorruptDatasetError
 */
export async function* imageBatches(
  dataset: Pick<Dataset, 'name' | 'splits' | 'entry' | 'image'>,
  { split, input, batch, indices, signal }: BatchOptions,
): AsyncGenerator<DecodedBatch> {
  const decode = async (index: number) => ({ index, pixels: await decodeOne(dataset, split, index, input) });
  const concurrency = Math.min(batch, availableParallelism());
  const decoded = pMapIterable(indices ?? allOf(dataset, split), decode, {
    concurrency,
    backpressure: 2 * batch,
  });
  let pending: { index: number; pixels: Uint8Array }[] = [];
  for await (const image of decoded) {
    signal?.throwIfAborted();
    pending.push(image);
    if (pending.length < batch) continue;
    yield joined(pending);
    pending = [];
  }
  if (pending.length > 0) yield joined(pending);
}

async function decodeOne(
  dataset: Pick<Dataset, 'name' | 'entry' | 'image'>,
  split: string,
  index: number,
  input: InputGeometry,
): Promise<Uint8Array> {
  const image = await dataset.image(split, index);
  try {
    return await decodeImage(image, input);
  } catch (cause) {
    const { id } = dataset.entry(split, index);
    throw new CorruptDatasetError(
      dataset.name,
      `the image ${id} cannot be decoded: ${(cause as Error).message}`,
      { cause },
    );
  }
}

function* allOf(dataset: Pick<Dataset, 'name' | 'splits'>, split: string): Generator<number> {
  checkSplit(dataset, split);
  for (let index = 0; index < dataset.splits[split]!; index++) yield index;
}

function joined(images: readonly { index: number; pixels: Uint8Array }[]): DecodedBatch {
  const size = images[0]!.pixels.length;
  const pixels = new Float32Array(images.length * size);
  for (const [place, image] of images.entries())
    for (let at = 0; at < size; at++) pixels[place * size + at] = image.pixels[at]! / 255;
  return { pixels, indices: images.map(({ index }) => index) };
}
