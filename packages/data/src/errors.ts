/** Everything that can be wrong with a dataset or with what is asked of one. */
import { closest } from 'fastest-levenshtein';

/** `code` is stable; `fault` says whether the request or the platform is to blame, as a run's failure does. */
export class DatasetError extends Error {
  readonly code: string;
  readonly fault: 'input' | 'platform' = 'input';
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
    this.details = details;
  }
}

export class UnknownDatasetError extends DatasetError {
  constructor(name: string, known: readonly string[]) {
    super('DATASET_NOT_FOUND', `No dataset is called ${JSON.stringify(name)}.${didYouMean(name, known)}`, {
      name,
      known,
    });
  }
}

export class UnknownSplitError extends DatasetError {
  constructor(dataset: string, split: string, known: readonly string[]) {
    super(
      'UNKNOWN_SPLIT',
      `${dataset} has no split ${JSON.stringify(split)}; it has ${known.join(', ') || 'none'}`,
      { dataset, split, known },
    );
  }
}

export class ImageIndexError extends DatasetError {
  constructor(dataset: string, split: string, index: number, size: number) {
    const indices = size > 0 ? `has indices 0 to ${size - 1}` : 'is empty';
    super('IMAGE_NOT_FOUND', `The split ${split} of ${dataset} ${indices}, got ${index}`, {
      dataset,
      split,
      index,
      size,
    });
  }
}

export type SourceFault =
  | 'SOURCE_UNREADABLE'
  | 'SOURCE_UNSUPPORTED'
  | 'ARCHIVE_MALFORMED'
  | 'ARCHIVE_UNSAFE_PATH'
  | 'ARCHIVE_ENCRYPTED'
  | 'ARCHIVE_BOMB'
  | 'RECORDS_MALFORMED'
  | 'INDEX_MALFORMED'
  | 'NO_IMAGES'
  | 'TOO_MANY_PROBLEMS';

/** What was to be imported is no dataset. Nothing of it is kept. */
export class SourceError extends DatasetError {
  constructor(
    code: SourceFault,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(code, message, details, options);
  }
}

export class DatasetExistsError extends DatasetError {
  constructor(name: string) {
    super(
      'DATASET_EXISTS',
      `Another dataset is called ${JSON.stringify(name)}: choose another name, or remove it`,
      {
        name,
      },
    );
  }
}

export class ShippedDatasetError extends DatasetError {
  constructor(name: string) {
    super('SHIPPED_DATASET', `${name} comes with Fovea: it can be neither replaced nor removed`, { name });
  }
}

/** The files of a registered dataset are not what its manifest says. */
export class CorruptDatasetError extends DatasetError {
  override readonly fault = 'platform';

  constructor(dataset: string, fault: string, options?: ErrorOptions) {
    super('DATASET_CORRUPT', `${dataset}: ${fault}`, { dataset }, options);
  }
}

const didYouMean = (name: string, known: readonly string[]): string =>
  known.length > 0 ? ` Did you mean ${closest(name, known)}?` : '';
