/** Every error that the platform throws on purpose, with the HTTP status that it has at the API. */

export const statusOfError = {
  CONFIGURATION_INVALID: 500,
  NOT_FOUND: 404,
  RUN_NOT_FOUND: 404,
  INDEX_NOT_FOUND: 404,
  MODEL_NOT_FOUND: 404,
  LAYER_NOT_FOUND: 404,
  UNIT_NOT_FOUND: 404,
  CIRCUIT_NOT_FOUND: 404,
  DATASET_NOT_FOUND: 404,
  DATASET_IN_USE: 409,
  OBJECT_NOT_FOUND: 404,
  KIND_UNKNOWN: 422,
  INPUT_INVALID: 422,
  OBJECT_KEY_INVALID: 400,
  OBJECT_KEY_MISMATCH: 422,
  OBJECT_RANGE_INVALID: 416,
  SIGNATURE_INVALID: 403,
  SIGNATURE_EXPIRED: 403,
  IDEMPOTENCY_KEY_REUSED: 422,
  TRANSITION_ILLEGAL: 409,
  CLAIM_LOST: 409,
  STORAGE_FULL: 507,
  QUEUE_UNAVAILABLE: 503,
} as const;

export type ErrorCode = keyof typeof statusOfError;

/** Says what was wrong, where, and what would be right; `details` holds the same for programs. */
export class PlatformError extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'PlatformError';
    this.code = code;
    this.details = details;
  }

  /** HTTP status. */
  get status(): number {
    return statusOfError[this.code];
  }
}

export const isPlatformError = (error: unknown, code?: ErrorCode): error is PlatformError =>
  error instanceof PlatformError && (code === undefined || error.code === code);
