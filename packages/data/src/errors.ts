/** Everything that can be wrong with a dataset or with what is asked of one. */
import { closest } from 'fastest-levenshtein';

/** `code` is stable; `fault` says whether the request or the platform is to blame, as a run's failure does. */
export class DatasetError extends Error {
  readonly code: string;
  readonly fault = 'input';
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

const didYouMean = (name: string, known: readonly string[]): string =>
  known.length > 0 ? ` Did you mean ${closest(name, known)}?` : '';
