/** An activation that is no number makes every statistic of its unit meaningless. */
export class NonFiniteActivationError extends Error {
  constructor(layer: string, unit: number, image: number) {
    super(
      `Unit ${unit} of ${layer} is infinite or not a number on image ${image}: the network overflows there.`,
    );
    this.name = 'NonFiniteActivationError';
  }
}

export class SweepBatchError extends Error {
  constructor(fault: string) {
    super(`A batch of a sweep ${fault}.`);
    this.name = 'SweepBatchError';
  }
}

export class SweepMismatchError extends Error {
  constructor(what: string) {
    super(`These sweeps cannot be merged: they differ in ${what}.`);
    this.name = 'SweepMismatchError';
  }
}

export class SweepEncodingError extends Error {
  constructor(cause?: unknown) {
    super('These bytes are not those of a sweep, or of one of another version.', { cause });
    this.name = 'SweepEncodingError';
  }
}
