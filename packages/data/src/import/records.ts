/** Files that hold many images of one size each, one after the other. */
import type { Column, ImageEntry } from '../dataset.ts';
import { isCifarFile, readCifar } from './cifar.ts';
import { isIdxFile, readIdx } from './idx.ts';
import type { SourceFile } from './source.ts';

/** An image out of such a file. */
export interface RecordImage extends ImageEntry {
  readonly split: string;
  readonly channels: 1 | 3;
  readonly pixels: Uint8Array;
}

/** What the files of a set hold together. */
export interface RecordSet {
  readonly layout: 'cifar-10' | 'cifar-100' | 'idx';
  readonly classes: readonly string[];
  readonly columns: readonly Column[];
  images(): Iterable<RecordImage>;
}

export const isRecordFile = (path: string): boolean => isCifarFile(path) || isIdxFile(path);

/**
 * @param files all record files of a set, with the lists of class names beside them
 * @throws SourceError
 */
export const readRecords = (files: readonly SourceFile[]): RecordSet =>
  files.some(({ path }) => isIdxFile(path)) ? readIdx(files) : readCifar(files);
