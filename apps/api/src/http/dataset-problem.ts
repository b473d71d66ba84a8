/** Errors of datasets as the API answers them. */
import type { DatasetError } from '@fovea/data';

const statuses: Readonly<Record<string, number>> = {
  DATASET_NOT_FOUND: 404,
  UNKNOWN_SPLIT: 404,
  IMAGE_NOT_FOUND: 404,
  SHIPPED_DATASET: 409,
  DATASET_EXISTS: 409,
};

/** Whatever else is wrong is wrong with what was sent. */
export const statusOfDatasetError = ({ code }: DatasetError): number => statuses[code] ?? 422;
