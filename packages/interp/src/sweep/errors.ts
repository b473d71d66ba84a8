/** An activation that is no number makes every statistic of its unit meaningless. */
export class NonFiniteActivationError extends Error {
  override readonly name = 'NonFiniteActivationError';
  readonly code = 'NON_FINITE_ACTIVATION';
  readonly fault = 'model';

  constructor(layer: string, unit: number, image: number) {
    super(
      `Unit ${unit} of ${layer} is infinite or not a number on image ${image}: the network overflows there.`,
    );
  }
}

export class SweepBatchError extends Error {
  override readonly name = 'SweepBatchError';

  constructor(fault: string) {
    super(`A batch of a sweep ${fault}.`);
  }
}

export class SweepMismatchError extends Error {
  override readonly name = 'SweepMismatchError';
  readonly code = 'SWEEP_MISMATCH';
  readonly fault = 'platform';

  constructor(what: string) {
    super(`These sweeps cannot be merged: they differ in ${what}.`);
  }
}

export class SweepEncodingError extends Error {
  override readonly name = 'SweepEncodingError';
  readonly code = 'SWEEP_ENCODING';
  readonly fault = 'platform';

  constructor(cause?: unknown) {
    super('These bytes are not those of a sweep, or of one of another version.', { cause });
  }
}
