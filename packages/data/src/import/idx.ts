/**
 * The idx files of MNIST and its successors, packed with gzip or not: two zero bytes, the type of the values, the number
 * of axes, the length of each as four bytes, then the values (http://yann.lecun.com/exdb/mnist/).
 */
import { gunzipSync } from 'node:zlib';
import { SourceError } from '../errors.ts';
import { imageId, splitOf } from './record-names.ts';
import type { RecordImage, RecordSet } from './records.ts';
import type { SourceFile } from './source.ts';

const unsignedByte = 0x08;

/** Bytes that a packed file may unpack to. */
const unpackedLimit = 2 ** 30;

const namePattern = /^(.*?)[-_.](images|labels)[-_.]idx([13])-ubyte(\.gz)?$/i;

export const isIdxFile = (file: string): boolean => namePattern.test(file);

/** What tells the labels of images from others beside them; null for what is no file of images. */
export function idxPartner(file: string): ((other: string) => boolean) | null {
  const match = namePattern.exec(file);
  if (match?.[2]?.toLowerCase() !== 'images') return null;
  return (other) => {
    const otherMatch = namePattern.exec(other);
    return otherMatch?.[1] === match[1] && otherMatch?.[2]?.toLowerCase() === 'labels';
  };
}

/** @throws SourceError RECORDS_MALFORMED */
export function readIdx(files: readonly SourceFile[]): RecordSet {
  const idxFiles = files.filter((file) => isIdxFile(file.path));
  const sets = idxFiles.flatMap((file) => {
    const isPartner = idxPartner(file.path);
    if (isPartner === null) return [];
    const partner = idxFiles.find((other) => isPartner(other.path));
    return [readPair(file, partner)];
  });
  if (sets.length === 0)
    throw malformed(idxFiles[0]!.path, 'there are labels, but no file of images beside them');
  const highest = Math.max(
    ...sets.map(({ labels }) => labels?.reduce((most, label) => Math.max(most, label), 0) ?? -1),
  );
  return {
    layout: 'idx',
    classes: Array.from({ length: highest + 1 }, (_, label) => String(label)),
    columns: [],
    *images() {
      for (const set of sets) yield* imagesOf(set);
    },
  };
}

interface Pair {
  readonly path: string;
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly pixels: Uint8Array;
  readonly labels: Uint8Array | null;
}

function readPair(file: SourceFile, partner: SourceFile | undefined): Pair {
  const images = parse(file, 3);
  const labels = partner ? parse(partner, 1) : null;
  const [count, height, width] = images.lengths as [number, number, number];
  if (labels && labels.lengths[0] !== count)
    throw malformed(file.path, `it has ${count} images, and ${partner!.path} ${labels.lengths[0]} labels`);
  return { path: file.path, count, height, width, pixels: images.values, labels: labels?.values ?? null };
}

function* imagesOf({ path, count, height, width, pixels, labels }: Pair): Iterable<RecordImage> {
  const size = height * width;
  for (let index = 0; index < count; index++)
    yield {
      id: imageId(path, index, count),
      split: splitOf(path),
      label: labels?.[index] ?? null,
      columns: {},
      height,
      width,
      channels: 1,
      pixels: pixels.subarray(index * size, (index + 1) * size),
    };
}

function parse(file: SourceFile, axes: number): { lengths: number[]; values: Uint8Array } {
  const bytes = unpacked(file);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = 4 + 4 * axes;
  if (bytes.length < header || view.getUint16(0) !== 0) throw malformed(file.path, 'it is no idx file');
  if (bytes[2] !== unsignedByte || bytes[3] !== axes)
    throw malformed(
      file.path,
      `it has values of type 0x${bytes[2]!.toString(16)} along ${bytes[3]} axes; bytes along ${axes} are read`,
    );
  const lengths = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  const expected = header + lengths.reduce((product, length) => product * length, 1);
  if (bytes.length !== expected)
    throw malformed(file.path, `it has ${bytes.length} bytes, and its header asks for ${expected}`);
  return { lengths, values: bytes.subarray(header) };
}

function unpacked({ path, bytes }: SourceFile): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: unpackedLimit });
  } catch (error) {
    throw malformed(path, `it cannot be unpacked: ${(error as Error).message}`);
  }
}

const malformed = (path: string, fault: string) => new SourceError('RECORDS_MALFORMED', `${path}: ${fault}`);
